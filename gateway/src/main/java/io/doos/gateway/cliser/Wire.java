package io.doos.gateway.cliser;

import io.doos.common.cliser.Grammar;
import io.doos.common.cliser.Line;
import io.doos.common.cliser.WireDecoder;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.tcp.Connection;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The lines and data of a session, over its connection. For one thread. */
final class Wire {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final Connection connection;
  private final Duration progress;
  private final WireDecoder decoder = new WireDecoder();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  /**
   * @param progress how long a client may take nothing of what is sent
   */
  Wire(Connection connection, Duration progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /** Whether a line or data have begun and are not yet whole. */
  boolean isWithin() {
    return decoder.isWithin();
  }

  /**
   * What has come, or comes within {@code patience}, up to the next event.
   *
   * @param data gets the bytes that are no line
   * @throws SocketTimeoutException when nothing came; the session is still good
   * @throws EOFException when the client has left
   */
  WireDecoder.Event next(Duration patience, WireDecoder.Sink data) throws IOException {
    if (from == to && !decoder.isDataDue()) {
      fill(patience);
    }
    var fed = decoder.feed(buffer, from, to - from, data);
    from += fed.consumed();
    return fed.event();
  }

  private void fill(Duration patience) throws IOException {
    int count = connection.read(buffer, patience);
    if (count < 0) {
      throw new EOFException("the client has left");
    }
    from = 0;
    to = count;
  }

  void say(Line line) throws IOException {
    var bytes = Grammar.write(line);
    connection.write(new ByteArrayInputStream(bytes), bytes.length, progress);
  }

  /** Sends all of it, as data. */
  void send(Spool content) throws IOException {
    try (var bytes = content.all().open()) {
      connection.write(bytes, content.bytes(), progress);
    }
  }
}
