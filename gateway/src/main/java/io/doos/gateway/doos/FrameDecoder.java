package io.doos.gateway.doos;

import io.doos.gateway.doos.FrameDecoder.Progress.ChecksumFailed;
import io.doos.gateway.doos.FrameDecoder.Progress.Complete;
import io.doos.gateway.doos.FrameDecoder.Progress.Malformed;
import io.doos.gateway.doos.FrameDecoder.Progress.NeedMore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Decodes one request frame, {@code LEN|SHA1|PAYLOAD}, that comes in pieces, cut anywhere. It does
 * no I/O of its own: payload bytes are handed on as they come, and kept nowhere here, so what a
 * frame announces costs nothing.
 *
 * <p>{@code LEN} counts the bytes after the first pipe.
 */
final class FrameDecoder {

  /** The checksum's 40 hex digits and the pipe after it, which the length counts too. */
  static final int CHECKSUM_AND_PIPE = 41;

  /** No length has more digits. */
  static final int MAX_DIGITS = 12;

  /** The smallest number with more digits than a length may have. */
  static final long TOO_LONG = 1_000_000_000_000L;

  /** Takes the payload's bytes, before the checksum has been verified. */
  interface Sink {
    void accept(byte[] bytes, int from, int count) throws IOException;
  }

  /** How far the frame has come. */
  sealed interface Progress {
    /** More bytes must come. */
    record NeedMore() implements Progress {}

    /** The frame is whole and its checksum right; bytes after it were ignored. */
    record Complete(PayloadLayout layout) implements Progress {}

    /** The frame is whole, its checksum wrong: none of it may be used. */
    record ChecksumFailed() implements Progress {}

    /**
     * The frame can never become a good one.
     *
     * @param why a sentence without its full stop
     */
    record Malformed(String why) implements Progress {}
  }

  private enum Part {
    LENGTH,
    CHECKSUM,
    PAYLOAD
  }

  private static final NeedMore NEED_MORE = new NeedMore();

  private final Limits limits;
  private final MessageDigest sha1 = Sha1.digest();
  private final PayloadSplitter splitter;
  private final byte[] checksum = new byte[CHECKSUM_AND_PIPE - 1];

  private Part part = Part.LENGTH;
  private int digits;
  private int checksumBytes;
  private long length;
  private long payloadLeft;

  FrameDecoder(Limits limits) {
    this.limits = limits;
    this.splitter = new PayloadSplitter(limits);
  }

  /**
   * Takes the next bytes. After any answer but {@link NeedMore} nothing more may be fed.
   *
   * @param sink gets the payload's bytes among them
   */
  Progress feed(byte[] bytes, int from, int count, Sink sink) throws IOException {
    var end = from + count;
    var next = from;
    Progress progress = NEED_MORE;
    while (next < end && part != Part.PAYLOAD && progress instanceof NeedMore) {
      progress = part == Part.LENGTH ? inLength(bytes[next]) : inChecksum(bytes[next]);
      next++;
    }
    if (part != Part.PAYLOAD || !(progress instanceof NeedMore)) {
      return progress;
    }
    return inPayload(bytes, next, (int) Math.min(end - next, payloadLeft), sink);
  }

  /** Takes the end of the stream, which came before the frame was whole. */
  Malformed end() {
    return new Malformed("The connection ended within the frame");
  }

  /** Whether any byte has come. */
  boolean isBegun() {
    return digits > 0;
  }

  /** Whether length and checksum have come. */
  boolean isHeaderRead() {
    return part == Part.PAYLOAD;
  }

  /** Where in the payload the arguments are, once their end has come; nothing vouches for them. */
  Optional<PayloadLayout.Span> arguments() {
    return splitter.arguments();
  }

  private Progress inLength(byte next) {
    if (next == '|' && digits > 0) {
      return endLength();
    }
    if (next < '0' || next > '9') {
      return new Malformed(
          digits == 0
              ? "The frame does not begin with its length in digits"
              : "The frame's length is not followed by a pipe");
    }
    if (++digits > MAX_DIGITS) {
      return new Malformed("The frame's length has more than " + MAX_DIGITS + " digits");
    }
    length = length * 10 + (next - '0');
    return NEED_MORE;
  }

  private Progress endLength() {
    if (length > limits.frameBytes()) {
      return new Malformed(
          "The frame has " + length + " bytes, more than the " + limits.frameBytes() + " allowed");
    }
    if (length < CHECKSUM_AND_PIPE) {
      return new Malformed("The frame's length is too small to hold a checksum");
    }
    payloadLeft = length - CHECKSUM_AND_PIPE;
    part = Part.CHECKSUM;
    return NEED_MORE;
  }

  private Progress inChecksum(byte next) {
    if (checksumBytes < checksum.length) {
      checksum[checksumBytes++] = next;
      return NEED_MORE;
    }
    if (next != '|') {
      return new Malformed("The frame's checksum is not followed by a pipe");
    }
    part = Part.PAYLOAD;
    return NEED_MORE;
  }

  private Progress inPayload(byte[] bytes, int from, int count, Sink sink) throws IOException {
    sink.accept(bytes, from, count);
    sha1.update(bytes, from, count);
    payloadLeft -= count;
    var problem = splitter.feed(bytes, from, count);
    if (problem != null) {
      return new Malformed(problem);
    }
    return payloadLeft > 0 ? NEED_MORE : endPayload();
  }

  private Progress endPayload() {
    var computed = HexFormat.of().formatHex(sha1.digest());
    if (!computed.equalsIgnoreCase(new String(checksum, StandardCharsets.ISO_8859_1))) {
      return new ChecksumFailed();
    }
    var problem = splitter.end();
    return problem == null ? new Complete(splitter.layout()) : new Malformed(problem);
  }
}
