package io.doos.common.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/** One request in the making; can be signed and sent as often as need be. */
final class S3Request {

  private static final String USER_AGENT = "doos";
  private static final String UNRESERVED = "-._~";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int PIECE_BYTES = 16 * 1024;

  /** The SHA-256 of nothing. */
  private static final String EMPTY_HASH = S3Signer.hash(new byte[0]);

  private final String method;
  private final String path;
  private final String about;
  private final Map<String, String> query = new TreeMap<>();
  private boolean onlyIfAbsent;
  private @Nullable Body body;
  private boolean unhurried;

  /** Says that something of a body was written. */
  interface Progress {
    void made();
  }

  /** What goes along. */
  private record Body(long bytes, String hash, Writer writer) {}

  private interface Writer {
    void write(OutputStream out, Progress progress) throws IOException;
  }

  /**
   * @param path of bucket and object, not encoded, from its first slash
   * @param about the same for messages
   */
  S3Request(String method, String path, String about) {
    this.method = method;
    this.path = encoded(path, true);
    this.about = about;
  }

  S3Request query(String name, String value) {
    query.put(name, value);
    return this;
  }

  S3Request onlyIfAbsent() {
    onlyIfAbsent = true;
    return this;
  }

  /** May take however long it takes, as long as something moves. */
  S3Request unhurried() {
    unhurried = true;
    return this;
  }

  S3Request body(byte[] content) {
    body = new Body(content.length, S3Signer.hash(content), (out, _) -> out.write(content));
    return this;
  }

  /**
   * The bytes of a file, which stay out of the signature: to sign them we would have to read them
   * once more, and S3Proxy checks a signature over a body only once it has all of it in memory.
   */
  S3Request body(RandomAccessFile file, long bytes) {
    body = new Body(bytes, S3Signer.UNSIGNED, (out, progress) -> copy(file, bytes, out, progress));
    return unhurried();
  }

  S3Request xml(String content) {
    return body(content.getBytes(UTF_8));
  }

  boolean isUnhurried() {
    return unhurried;
  }

  boolean isHead() {
    return method.equals("HEAD");
  }

  /**
   * What goes over the wire.
   *
   * @param host as the header Host names it
   * @param progress hears of the body's
   */
  ClassicHttpRequest signed(S3Signer signer, String host, Instant now, Progress progress) {
    var parameters =
        query.entrySet().stream()
            .map(entry -> encoded(entry.getKey(), false) + "=" + encoded(entry.getValue(), false))
            .collect(Collectors.joining("&"));
    var date = S3Signer.date(now);
    var sent = body;
    var hash = sent == null ? EMPTY_HASH : sent.hash();
    var request =
        new BasicClassicHttpRequest(method, parameters.isEmpty() ? path : path + "?" + parameters);
    request.addHeader(HttpHeaders.HOST, host);
    request.addHeader(HttpHeaders.USER_AGENT, USER_AGENT);
    request.addHeader(S3Signer.DATE_HEADER, date);
    request.addHeader(S3Signer.HASH_HEADER, hash);
    request.addHeader(
        HttpHeaders.AUTHORIZATION,
        signer.authorization(method, path, parameters, host, date, hash));
    if (onlyIfAbsent) {
      request.addHeader(HttpHeaders.IF_NONE_MATCH, "*");
    }
    if (sent != null) {
      request.addHeader(HttpHeaders.CONTENT_LENGTH, sent.bytes());
      request.setEntity(
          new EntityTemplate(sent.bytes(), null, out -> sent.writer().write(out, progress)));
    }
    return request;
  }

  private static void copy(RandomAccessFile file, long bytes, OutputStream out, Progress progress)
      throws IOException {
    var piece = new byte[PIECE_BYTES];
    file.seek(0);
    for (long left = bytes; left > 0; ) {
      int count = file.read(piece, 0, (int) Math.min(piece.length, left));
      if (count < 0) {
        throw new IOException("the file became shorter while it was sent");
      }
      out.write(piece, 0, count);
      left -= count;
      progress.made();
    }
  }

  /** As AWS encodes, which is stricter than a URL must be. */
  private static String encoded(String text, boolean isPath) {
    var encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || UNRESERVED.indexOf(c) >= 0
          || (isPath && c == '/')) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHighHexDigit(b)).append(HEX.toLowHexDigit(b));
      }
    }
    return encoded.toString();
  }

  /** Such as {@code PUT input/17/job.json}. */
  @Override
  public String toString() {
    return method + " " + about;
  }
}
