package io.doos.common.cliser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes what one side of a session sends, cut anywhere. Does no I/O of its own: data is handed on
 * as it comes and kept nowhere here, so what a line announces costs nothing.
 */
public final class WireDecoder {

  /** Takes the bytes of data. */
  public interface Sink {
    void accept(byte[] bytes, int from, int count) throws IOException;
  }

  /** What came of feeding. */
  public sealed interface Event {
    /** More bytes must come. */
    record NeedMore() implements Event {}

    /** A line; after a {@link Line.Recv} its data is what follows. */
    record Came(Line line) implements Event {}

    /** The announced data is whole. */
    record DataEnded() implements Event {}

    /**
     * This side does not speak the protocol, and nothing more may be fed.
     *
     * @param why a sentence without its full stop
     */
    record Malformed(String why) implements Event {}
  }

  /**
   * An event, and how far the bytes went to it.
   *
   * @param consumed how many of the bytes; the others are to be fed again
   */
  public record Fed(int consumed, Event event) {}

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean inData;
  private long dataLeft;

  /** Whether it is within a line or data: what ends now ends too early. */
  public boolean isWithin() {
    return inData || line.size() > 0;
  }

  /** Whether announced data has ended without another byte: it had none. */
  public boolean isDataDue() {
    return inData && dataLeft == 0;
  }

  /**
   * Takes bytes up to the first event.
   *
   * @param sink gets those of data
   */
  public Fed feed(byte[] bytes, int from, int count, Sink sink) throws IOException {
    if (inData) {
      int some = (int) Math.min(count, dataLeft);
      if (some > 0) {
        sink.accept(bytes, from, some);
      }
      dataLeft -= some;
      inData = dataLeft > 0;
      return new Fed(some, inData ? new Event.NeedMore() : new Event.DataEnded());
    }
    for (int next = 0; next < count; next++) {
      var b = bytes[from + next];
      if (b == '\n') {
        return new Fed(next + 1, ended());
      }
      if (line.size() > Grammar.LONGEST_LINE_BYTES) {
        return new Fed(
            next,
            new Event.Malformed("A line is longer than " + Grammar.LONGEST_LINE_BYTES + " bytes"));
      }
      line.write(b);
    }
    return new Fed(count, new Event.NeedMore());
  }

  private Event ended() {
    var bytes = line.toByteArray();
    line.reset();
    int length =
        bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    if (length > Grammar.LONGEST_LINE_BYTES) {
      return new Event.Malformed("A line is longer than " + Grammar.LONGEST_LINE_BYTES + " bytes");
    }
    try {
      var text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
      return switch (Grammar.parse(text)) {
        case Grammar.Parsed.Bad(var why) -> new Event.Malformed(why);
        case Grammar.Parsed.Good(var read) -> {
          if (read instanceof Line.Recv recv) {
            inData = true;
            dataLeft = recv.bytes();
          }
          yield new Event.Came(read);
        }
      };
    } catch (CharacterCodingException e) {
      return new Event.Malformed("A line is no UTF-8");
    }
  }
}
