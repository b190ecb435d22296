package io.doos.gateway.cliser;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's socket, with a deadline for every wait. For one thread; only {@link #abort} may be
 * called by others.
 */
final class Link implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Link.class);
  private static final int PIECE_BYTES = 16 * 1024;
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Socket socket;
  private final ScheduledExecutorService clock;
  private final Duration progress;

  /**
   * @param clock cuts the connection when a client takes nothing
   * @param progress how long it may take nothing
   */
  Link(Socket socket, ScheduledExecutorService clock, Duration progress) {
    this.socket = socket;
    this.clock = clock;
    this.progress = progress;
  }

  /** Where the client is. */
  InetAddress address() {
    return socket.getInetAddress();
  }

  /** Prepares the socket; to be called before anything else. */
  void open() throws IOException {
    socket.setTcpNoDelay(true);
  }

  /**
   * Reads what has come.
   *
   * @return how much that was, or -1 when the client has closed its side
   * @throws SocketTimeoutException when nothing came for so long; the connection is still good
   */
  int read(byte[] into, Duration patience) throws IOException {
    socket.setSoTimeout(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
    return socket.getInputStream().read(into);
  }

  /** Writes all, in pieces; each is progress. */
  void write(InputStream content) throws IOException {
    var piece = new byte[PIECE_BYTES];
    for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
      write(piece, count);
    }
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  private void write(byte[] bytes, int count) throws IOException {
    var cut = clock.schedule(this::abort, progress.toMillis(), TimeUnit.MILLISECONDS);
    try {
      socket.getOutputStream().write(bytes, 0, count);
    } finally {
      cut.cancel(false);
    }
  }

  /**
   * Says that no more will come, then discards what the client still sends: closing with unread
   * bytes would reset the connection, and our last words be lost.
   */
  void finish() throws IOException {
    socket.shutdownOutput();
    var end = System.nanoTime() + LINGER.toNanos();
    var discarded = new byte[PIECE_BYTES];
    try {
      var left = LINGER;
      while (left.isPositive() && read(discarded, left) >= 0) {
        left = Duration.ofNanos(end - System.nanoTime());
      }
    } catch (SocketTimeoutException e) {
      log.trace("{} had its time", this, e);
    }
  }

  /** Closes it under whoever is reading or writing. May be called by any thread. */
  void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("Closing {} failed", this, e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  @Override
  public String toString() {
    return String.valueOf(socket.getRemoteSocketAddress());
  }
}
