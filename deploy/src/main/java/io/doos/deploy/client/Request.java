package io.doos.deploy.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A framed request, {@code LEN|SHA1|PAYLOAD}. Since length and checksum come first, its files are
 * read twice: to measure, then to send; they are never in memory whole. Immutable.
 */
final class Request {

  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int SHA1_AND_PIPE = 41;

  /** A file on disk and the name that it travels under. */
  record SentFile(String name, Path path) {}

  private final byte[] arguments;
  private final List<SentFile> files;
  private final long payloadBytes;
  private final String sha1;

  private Request(byte[] arguments, List<SentFile> files, Measure measure) {
    this.arguments = arguments;
    this.files = files;
    this.payloadBytes = measure.bytes;
    this.sha1 = HexFormat.of().formatHex(measure.digest.digest());
  }

  /**
   * Measures a request.
   *
   * @throws ClientFailure.BadRequest when a file cannot be read, or holds what the protocol could
   *     not tell from the beginning of another file
   */
  static Request of(String arguments, List<SentFile> files) throws ClientFailure.BadRequest {
    var encoded = arguments.getBytes(UTF_8);
    var measure = new Measure();
    try {
      walk(encoded, files, measure);
    } catch (NoSuchFileException e) {
      throw new ClientFailure.BadRequest(e.getFile() + ": there is no such file.", e);
    } catch (IOException e) {
      throw new ClientFailure.BadRequest("Cannot read the files to send: " + e.getMessage(), e);
    }
    return new Request(encoded, files, measure);
  }

  /** Writes all of it; fails when a file is no longer as long as it was. */
  void writeTo(OutputStream out) throws IOException {
    var header = (payloadBytes + SHA1_AND_PIPE) + "|" + sha1 + "|";
    out.write(header.getBytes(US_ASCII));
    var sent = new Sending(out, payloadBytes);
    walk(arguments, files, sent);
    if (sent.left != 0) {
      throw new IOException("a file became shorter while it was sent");
    }
    out.flush();
  }

  private interface Sink {
    void accept(byte[] bytes, int length) throws IOException;

    /** A file's content begins. */
    default void begin() {}

    /** A file's content, with its end token, has ended. */
    default void end(SentFile file) throws IOException {}
  }

  private static void walk(byte[] arguments, List<SentFile> files, Sink sink) throws IOException {
    accept(sink, arguments);
    accept(sink, Tokens.FILE_START);
    var first = true;
    for (var file : files) {
      if (!first) {
        accept(sink, Tokens.FILE_START);
      }
      first = false;
      accept(sink, file.name().getBytes(UTF_8));
      accept(sink, Tokens.FILE_CONTENT);
      sink.begin();
      walk(file.path(), sink);
      accept(sink, Tokens.FILE_END);
      sink.end(file);
    }
  }

  private static void walk(Path file, Sink sink) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder: name the files in it.");
    }
    try (var in = Files.newInputStream(file)) {
      var buffer = new byte[BUFFER_BYTES];
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sink.accept(buffer, n);
      }
    }
  }

  private static void accept(Sink sink, byte[] bytes) throws IOException {
    sink.accept(bytes, bytes.length);
  }

  private static final class Measure implements Sink {
    private final MessageDigest digest = sha1();
    private long bytes;
    private TokenScan scan = new TokenScan(Tokens.NEXT_FILE);

    @Override
    public void accept(byte[] piece, int length) {
      digest.update(piece, 0, length);
      bytes += length;
      scan.accept(piece, length);
    }

    @Override
    public void begin() {
      scan = new TokenScan(Tokens.NEXT_FILE);
    }

    @Override
    public void end(SentFile file) throws IOException {
      if (scan.hasFound()) {
        throw new IOException(
            file.path()
                + " holds '::file end::::file start::', which the doos protocol cannot carry; zip it.");
      }
    }
  }

  private static final class Sending implements Sink {
    private final OutputStream out;
    private long left;

    private Sending(OutputStream out, long bytes) {
      this.out = out;
      this.left = bytes;
    }

    @Override
    public void accept(byte[] piece, int length) throws IOException {
      left -= length;
      if (left < 0) {
        throw new IOException("a file became longer while it was sent");
      }
      out.write(piece, 0, length);
    }
  }

  /** The protocol's checksum; it guards against accidents, not against people. */
  static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
