package io.doos.deploy.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1, byte for byte as it came.
 *
 * @param body as on the wire, chunks with their lengths
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that nobody compares
record HttpMessage(String head, byte[] body) {

  /**
   * Reads one.
   *
   * @param isBodyless whether it has no body whatever it says, as the answer to a HEAD
   * @return empty when the other side hung up before it
   */
  static Optional<HttpMessage> read(InputStream in, boolean isBodyless) throws IOException {
    var head = new ByteArrayOutputStream();
    for (var last = 0; last != 0x0d0a0d0a; ) {
      var next = in.read();
      if (next < 0) {
        if (head.size() == 0) {
          return Optional.empty();
        }
        throw new EOFException("an unfinished head");
      }
      head.write(next);
      last = last << 8 | next;
    }
    var message = new HttpMessage(head.toString(ISO_8859_1), new byte[0]);
    return Optional.of(new HttpMessage(message.head, message.body(in, isBodyless)));
  }

  private byte[] body(InputStream in, boolean isBodyless) throws IOException {
    if (isBodyless || first().contains(" 204 ") || first().contains(" 304 ")) {
      return new byte[0];
    }
    if (header("transfer-encoding").filter("chunked"::equals).isPresent()) {
      return chunks(in);
    }
    var length = Integer.parseInt(header("content-length").orElse("0"));
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("an unfinished body");
    }
    return bytes;
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var all = new ByteArrayOutputStream();
    for (var length = -1; length != 0; ) {
      var line = new ByteArrayOutputStream();
      for (var next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("an unfinished chunk");
        }
        line.write(next);
      }
      length = Integer.parseInt(line.toString(ISO_8859_1).strip(), 16);
      all.write(line.toByteArray());
      all.write('\n');
      all.write(in.readNBytes(length + 2));
    }
    return all.toByteArray();
  }

  /** The request or status line. */
  String first() {
    return head.substring(0, head.indexOf("\r\n"));
  }

  Optional<String> header(String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(head.getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  /** As much of it as came before somebody pulled the plug. */
  void writeHalfTo(OutputStream out) throws IOException {
    var half = body.length == 0 ? head.length() / 2 : head.length();
    out.write(head.getBytes(ISO_8859_1), 0, half);
    out.write(body, 0, body.length / 2);
    out.flush();
  }
}
