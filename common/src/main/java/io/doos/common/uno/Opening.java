package io.doos.common.uno;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The first bytes of a connection: a client's own, or a gateway's word in front of them. No I/O.
 *
 * <p>A gateway says {@code DOOS-UNO 1 <patience in ms> <client>} and a line feed, and is answered
 * {@code +<office>} or {@code -<why>} and a line feed before the first byte of the client. URP
 * begins with the length of a block, whose first byte could be a {@code D} only in a block of a
 * gigabyte.
 */
sealed interface Opening {

  /** Longest word of a gateway, in bytes. */
  int LONGEST = 256;

  byte FIRST = 'D';

  Pattern WORD = Pattern.compile("DOOS-UNO 1 (\\d{1,9}) ([!-~]{1,128})\n");

  /** There is more to read before it can be told. */
  record NeedMore() implements Opening {}

  /** A client's own bytes, as they came. */
  record Client() implements Opening {}

  /**
   * A gateway's word.
   *
   * @param patience how long it waits for an office
   * @param client whom it speaks for
   * @param length its bytes; what follows is the client's
   */
  record Gateway(Duration patience, String client, int length) implements Opening {}

  /** Neither. */
  record Malformed() implements Opening {}

  /** What {@code bytes}, all that came so far and at least one, are. */
  static Opening of(ByteBuffer bytes) {
    if (bytes.get(bytes.position()) != FIRST) {
      return new Client();
    }
    var length = Math.min(bytes.remaining(), LONGEST);
    var text = new byte[length];
    bytes.duplicate().get(text);
    var line = new String(text, US_ASCII);
    var end = line.indexOf('\n') + 1;
    if (end == 0) {
      return length == LONGEST ? new Malformed() : new NeedMore();
    }
    var word = WORD.matcher(line.substring(0, end));
    return word.matches()
        ? new Gateway(Duration.ofMillis(Long.parseLong(word.group(1))), word.group(2), end)
        : new Malformed();
  }

  /** What a gateway says that waits {@code patience} for an office for {@code client}. */
  static byte[] word(Duration patience, String client) {
    var plain = client.replaceAll("[^!-~]", "?");
    return "DOOS-UNO 1 %d %s\n"
        .formatted(patience.toMillis(), plain.substring(0, Math.min(plain.length(), 128)))
        .getBytes(US_ASCII);
  }

  /** What a gateway is told that has got {@code office}. */
  static byte[] granted(String office) {
    return ("+" + office + "\n").getBytes(US_ASCII);
  }

  /** What a gateway is told that gets none. */
  static byte[] refused(SessionEnd why) {
    return ("-" + why + "\n").getBytes(US_ASCII);
  }

  /**
   * Reads what a gateway was told.
   *
   * @param line without its line feed
   * @return the office's name; empty when there is none
   */
  static Optional<String> answer(String line) {
    return line.startsWith("+") ? Optional.of(line.substring(1)) : Optional.empty();
  }
}
