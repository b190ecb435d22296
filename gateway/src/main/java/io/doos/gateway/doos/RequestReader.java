package io.doos.gateway.doos;

import io.doos.gateway.doos.FrameDecoder.Progress.ChecksumFailed;
import io.doos.gateway.doos.FrameDecoder.Progress.Complete;
import io.doos.gateway.doos.FrameDecoder.Progress.Malformed;
import io.doos.gateway.doos.FrameDecoder.Progress.NeedMore;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.tcp.Connection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Reads the one request of a connection into a spool. */
final class RequestReader {

  /** What came of reading. */
  sealed interface Received {
    /** A request whose checksum was right. */
    record Whole(Request request) implements Received {}

    /** No request; the client deserves to hear why. */
    record Bad(String reply) implements Received {}

    /** The client left without a word. */
    record Nothing() implements Received {}
  }

  // Buffers grow with what comes, so that ten thousand idle or slow clients cost little.
  private static final int FIRST_BUFFER_BYTES = 64;
  private static final int LAST_BUFFER_BYTES = 32 * 1024;

  private final Limits limits;
  private final Connection connection;
  private final Spool payload;
  private final RequestHandler handler;
  private final FrameDecoder decoder;
  private final long headerDeadline;
  private long argumentsDeadline;
  private boolean judged;

  RequestReader(Limits limits, Connection connection, Spool payload, RequestHandler handler) {
    this.limits = limits;
    this.connection = connection;
    this.payload = payload;
    this.handler = handler;
    this.decoder = new FrameDecoder(limits);
    this.headerDeadline = System.nanoTime() + limits.header().toNanos();
  }

  /** Reads until there is a request, or no hope for one. */
  Received read() throws IOException {
    var buffer = new byte[FIRST_BUFFER_BYTES];
    while (true) {
      int count;
      try {
        count = connection.read(buffer, patience());
      } catch (SocketTimeoutException e) {
        return new Received.Bad(Replies.error(timedOut()));
      }
      if (count < 0) {
        return decoder.isBegun()
            ? new Received.Bad(Replies.error(decoder.end().why()))
            : new Received.Nothing();
      }
      switch (decoder.feed(buffer, 0, count, payload::write)) {
        case NeedMore _ -> {
          var refusal = refusal();
          if (refusal.isPresent()) {
            return new Received.Bad(refusal.get());
          }
          buffer = bufferAfter(buffer, count);
        }
        case ChecksumFailed _ -> {
          return new Received.Bad(Replies.CHECKSUM_FAILED);
        }
        case Malformed(var why) -> {
          return new Received.Bad(Replies.error(why));
        }
        case Complete(var layout) -> {
          return new Received.Whole(Request.read(layout, payload.all(), connection.peer()));
        }
      }
    }
  }

  /** Asks once, as soon as the arguments have come: nobody spools what a stranger sends then. */
  private Optional<String> refusal() throws IOException {
    var arguments = decoder.arguments();
    if (judged || arguments.isEmpty()) {
      return Optional.empty();
    }
    judged = true;
    return handler.refuses(Request.credentials(arguments.get(), payload.all(), connection.peer()));
  }

  private Duration patience() {
    if (decoder.arguments().isPresent()) {
      return limits.progress();
    }
    if (argumentsDeadline == 0 && decoder.isHeaderRead()) {
      argumentsDeadline = System.nanoTime() + limits.progress().toNanos();
    }
    var deadline = decoder.isHeaderRead() ? argumentsDeadline : headerDeadline;
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private String timedOut() {
    if (decoder.arguments().isPresent()) {
      return "Nothing came for " + limits.progress().toSeconds() + " seconds";
    }
    return decoder.isHeaderRead()
        ? "The arguments did not come within " + limits.progress().toSeconds() + " seconds"
        : "The frame's header did not come within " + limits.header().toSeconds() + " seconds";
  }

  private static byte[] bufferAfter(byte[] buffer, int count) {
    return count == buffer.length && count < LAST_BUFFER_BYTES
        ? new byte[Math.min(buffer.length * 4, LAST_BUFFER_BYTES)]
        : buffer;
  }
}
