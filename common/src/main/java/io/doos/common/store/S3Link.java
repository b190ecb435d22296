package io.doos.common.store;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;

/**
 * A connection to the store's server, for one exchange after the other. Used by one thread at a
 * time; only {@link #closeIfOverdue} may be called by others meanwhile.
 */
final class S3Link {

  private final DefaultBHttpClientConnection connection;
  private final HttpRequestExecutor executor;
  private final Duration silence;
  private volatile long idleSince;
  private volatile long deadline;
  private volatile boolean isHurried;
  private volatile boolean isSending;
  private volatile long progressAt;
  private volatile boolean isOverdue;

  /**
   * @param socket connected; a read on it ends after {@code silence}
   * @param silence how long the server may take none of what we send
   */
  S3Link(
      DefaultBHttpClientConnection connection,
      Socket socket,
      HttpRequestExecutor executor,
      Duration silence)
      throws IOException {
    this.connection = connection;
    this.executor = executor;
    this.silence = silence;
    connection.bind(socket);
  }

  /** Begins an exchange that must be over by {@code deadline}, or is only to go on somehow. */
  void begin(boolean hurried, long deadline) {
    this.deadline = deadline;
    this.isHurried = hurried;
    progress();
  }

  /** Something was sent. */
  void progress() {
    progressAt = System.nanoTime();
  }

  /** Sends a request and reads the head of its answer. */
  S3Answer exchange(ClassicHttpRequest request, S3Links links) throws IOException, HttpException {
    var context = HttpCoreContext.create();
    isSending = request.getEntity() != null;
    var response = executor.execute(request, connection, context);
    isSending = false;
    var mayStay = executor.keepAlive(request, response, connection, context);
    return new S3Answer(response, this, links, mayStay);
  }

  /** From now on nobody uses it. */
  void rest() {
    isSending = false;
    idleSince = System.nanoTime();
  }

  long idleNanos() {
    return System.nanoTime() - idleSince;
  }

  /** Whether it was closed because its exchange took too long. */
  boolean isOverdue() {
    return isOverdue;
  }

  /** Closes it under an exchange that takes too long. */
  void closeIfOverdue(long now) {
    if ((isHurried && now - deadline > 0) || (isSending && now - progressAt > silence.toNanos())) {
      isOverdue = true;
      close();
    }
  }

  /** At once, whatever is under way. */
  void close() {
    connection.close(CloseMode.IMMEDIATE);
  }
}
