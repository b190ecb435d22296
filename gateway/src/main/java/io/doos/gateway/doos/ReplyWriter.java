package io.doos.gateway.doos;

import io.doos.gateway.spool.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes replies as frames: a small one in a single write, since old clients read once; a spooled
 * one in pieces. A client that takes nothing for as long as allowed loses its connection.
 */
final class ReplyWriter {

  private static final int PERIODS = 4;

  private final ScheduledExecutorService clock;
  private final Duration progress;

  /**
   * @param clock closes connections that are stuck
   * @param progress how long a client may take nothing
   */
  ReplyWriter(ScheduledExecutorService clock, Duration progress) {
    this.clock = clock;
    this.progress = progress;
  }

  void write(Connection connection, Reply reply) throws IOException {
    switch (reply) {
      case Reply.Text(var payload) -> writeText(connection, payload);
      case Reply.Farewell(var payload) -> writeText(connection, payload);
      case Reply.Spooled(var payload, var sha1) -> writeSpooled(connection, payload, sha1);
    }
  }

  private void writeText(Connection connection, String payload) throws IOException {
    var bytes = payload.getBytes(StandardCharsets.UTF_8);
    var sha1 = HexFormat.of().formatHex(Sha1.digest().digest(bytes));
    var header = header(bytes.length, sha1);
    var frame = new byte[header.length + bytes.length];
    System.arraycopy(header, 0, frame, 0, header.length);
    System.arraycopy(bytes, 0, frame, header.length, bytes.length);
    connection.write(frame, 0, frame.length);
  }

  private void writeSpooled(Connection connection, Spool payload, String sha1) throws IOException {
    var written = new AtomicLong();
    var watch = abortWhenStuck(connection, written);
    try (var content = payload.all().open()) {
      var header = header(payload.bytes(), sha1);
      var piece = new byte[(int) Math.min(Connection.PIECE_BYTES, header.length + payload.bytes())];
      System.arraycopy(header, 0, piece, 0, header.length);
      var count =
          header.length + content.readNBytes(piece, header.length, piece.length - header.length);
      while (count > 0) {
        connection.write(piece, 0, count);
        written.addAndGet(count);
        count = content.readNBytes(piece, 0, piece.length);
      }
    } finally {
      watch.cancel(false);
    }
  }

  /** Closes the connection once nothing was written for the time allowed, give or take a fourth. */
  private ScheduledFuture<?> abortWhenStuck(Connection connection, AtomicLong written) {
    var watch =
        new Runnable() {
          private long seen = -1;
          private int quietPeriods;

          @Override
          public void run() {
            quietPeriods = written.get() == seen ? quietPeriods + 1 : 0;
            seen = written.get();
            if (quietPeriods >= PERIODS) {
              connection.abort();
            }
          }
        };
    var periodMillis = Math.max(1, progress.toMillis() / PERIODS);
    return clock.scheduleAtFixedRate(watch, 0, periodMillis, TimeUnit.MILLISECONDS);
  }

  private static byte[] header(long payloadBytes, String sha1) {
    var length = FrameDecoder.CHECKSUM_AND_PIPE + payloadBytes;
    return (length + "|" + sha1 + "|").getBytes(StandardCharsets.US_ASCII);
  }
}
