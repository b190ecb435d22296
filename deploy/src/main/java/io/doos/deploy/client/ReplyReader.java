package io.doos.deploy.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads one reply off the wire. The file in it is streamed out while it is hashed: it may be used
 * only when {@link #read} has returned. One thread's.
 */
final class ReplyReader {

  /** Beyond this many bytes a reply must hold a file. */
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private static final int MAX_LENGTH_DIGITS = 12;
  private static final int SHA1_DIGITS = 40;

  /** Who answered does not speak the doos protocol, or what it said was damaged on its way. */
  static final class MalformedReply extends IOException {
    MalformedReply(String why) {
      super(why);
    }
  }

  private final InputStream in;
  private final OutputStream file;

  /**
   * @param file gets the bytes of the reply's file, should there be one; stays open
   */
  ReplyReader(InputStream in, OutputStream file) {
    this.in = in;
    this.file = file;
  }

  /**
   * Reads the reply to its end.
   *
   * @throws EOFException when nothing came at all
   * @throws MalformedReply when it is no reply, or its checksum is wrong
   */
  Reply read() throws IOException {
    var payloadBytes = length() - SHA1_DIGITS - 1;
    if (payloadBytes < 0) {
      throw new MalformedReply("a length below 41");
    }
    var claimed = new String(exactly(SHA1_DIGITS), ISO_8859_1);
    if (exactly(1)[0] != '|') {
      throw new MalformedReply("no '|' after the checksum");
    }
    var payload = new Payload(in, payloadBytes);
    var reply = read(payload, payloadBytes);
    if (!HexFormat.of().formatHex(payload.digest.digest()).equalsIgnoreCase(claimed)) {
      throw new MalformedReply("a wrong checksum");
    }
    return reply;
  }

  private Reply read(Payload payload, long payloadBytes) throws IOException {
    var head = payload.readNBytes((int) Math.min(payloadBytes, MAX_HEAD_BYTES));
    var start = Tokens.find(Tokens.FILE_START, head, 0);
    var content = start < 0 ? -1 : Tokens.find(Tokens.FILE_CONTENT, head, start);
    if (content < 0) {
      if (payloadBytes > head.length) {
        throw new MalformedReply("more text than a reply has");
      }
      return new Reply(text(head, start < 0 ? head.length : start), false);
    }
    var begin = content + Tokens.FILE_CONTENT.length;
    var rest = new ByteArrayInputStream(head, begin, head.length - begin);
    copyFile(new SequenceInputStream(rest, payload), payloadBytes - begin - Tokens.FILE_END.length);
    return new Reply(text(head, start), true);
  }

  private void copyFile(InputStream content, long bytes) throws IOException {
    var buffer = new byte[MAX_HEAD_BYTES];
    var left = bytes;
    while (left > 0) {
      var n = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (n < 0) {
        throw new MalformedReply("it broke off");
      }
      file.write(buffer, 0, n);
      left -= n;
    }
    if (!Arrays.equals(content.readAllBytes(), Tokens.FILE_END)) {
      throw new MalformedReply("a file without an end");
    }
  }

  private static String text(byte[] head, int length) {
    return new String(head, 0, length, UTF_8).strip();
  }

  private long length() throws IOException {
    var digits = new StringBuilder();
    for (var next = in.read(); next != '|'; next = in.read()) {
      if (next < 0 && digits.isEmpty()) {
        throw new EOFException("the connection was closed without an answer");
      }
      if (next < '0' || next > '9' || digits.length() == MAX_LENGTH_DIGITS) {
        throw new MalformedReply("no length in front");
      }
      digits.append((char) next);
    }
    if (digits.isEmpty()) {
      throw new MalformedReply("no length in front");
    }
    return Long.parseLong(digits, 0, digits.length(), 10);
  }

  private byte[] exactly(int count) throws IOException {
    var bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new MalformedReply("it broke off after " + new String(bytes, US_ASCII));
    }
    return bytes;
  }

  /** The payload's bytes and no more, hashed as they are read; an early end is an error. */
  private static final class Payload extends InputStream {
    private final InputStream in;
    private final MessageDigest digest = Request.sha1();
    private long left;

    private Payload(InputStream in, long bytes) {
      this.in = in;
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      var n = in.read(bytes, offset, (int) Math.min(length, left));
      if (n < 0) {
        throw new MalformedReply("it broke off");
      }
      digest.update(bytes, offset, n);
      left -= n;
      return n;
    }
  }
}
