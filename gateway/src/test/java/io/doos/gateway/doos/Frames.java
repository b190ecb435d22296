package io.doos.gateway.doos;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Frames as a client makes and reads them, written from the protocol's text. */
final class Frames {

  private Frames() {}

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String sha1(byte[] payload) {
    return HexFormat.of().formatHex(Sha1.digest().digest(payload));
  }

  static byte[] frame(byte[] payload) {
    return frame(sha1(payload), payload);
  }

  static byte[] frame(String payload) {
    return frame(payload.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] frame(String sha1, byte[] payload) {
    return concat(latin((41 + payload.length) + "|" + sha1 + "|"), payload);
  }

  /** A request with files, names and contents in turns. */
  static byte[] payload(String arguments, String... namesAndContents) {
    var text = new StringBuilder(arguments).append("::file start::");
    for (var i = 0; i < namesAndContents.length; i += 2) {
      text.append(i == 0 ? "" : "::file start::")
          .append(namesAndContents[i])
          .append("::file content::")
          .append(namesAndContents[i + 1])
          .append("::file end::");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Reads a reply to its end and checks it; answers its payload. */
  static String reply(InputStream from) throws IOException {
    return new String(replyBytes(from), StandardCharsets.UTF_8);
  }

  static byte[] replyBytes(InputStream from) throws IOException {
    var length = new StringBuilder();
    for (int next; (next = from.read()) != '|'; length.append((char) next)) {
      if (next < 0) {
        throw new EOFException("no reply but '" + length + "'");
      }
    }
    var rest = from.readNBytes(Integer.parseInt(length.toString()));
    var sha1 = new String(rest, 0, 40, StandardCharsets.ISO_8859_1);
    var payload = java.util.Arrays.copyOfRange(rest, 41, rest.length);
    if (rest[40] != '|' || !sha1.equals(sha1(payload)) || from.read() >= 0) {
      throw new IOException("not a good frame");
    }
    return payload;
  }
}
