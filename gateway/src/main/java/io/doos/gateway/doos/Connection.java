package io.doos.gateway.doos;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's socket, with a deadline for every wait. For one thread; only abort and isHeard may be
 * called by others.
 */
final class Connection implements Closeable {

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /** A longer reply is written in pieces of this size, and each piece is progress. */
  static final int PIECE_BYTES = 16 * 1024;

  // Writing goes on once a third of the buffer is free: a large one makes a slow reader look dead.
  private static final int SEND_BUFFER_BYTES = 256 * 1024;
  private static final int DISCARD_BYTES = 4 * 1024;

  private final Socket socket;
  private volatile boolean heard;

  Connection(Socket socket) {
    this.socket = socket;
  }

  /** Prepares the socket; to be called before anything else. */
  void open() throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSendBufferSize(SEND_BUFFER_BYTES);
  }

  Request.Peer peer() {
    return new Request.Peer(socket.getInetAddress(), Optional.empty());
  }

  /**
   * Reads what has come.
   *
   * @return how much that was, or -1 when the client has closed its side
   * @throws SocketTimeoutException when nothing came for so long; the connection is still good
   */
  int read(byte[] into, Duration patience) throws IOException {
    if (patience.isNegative() || patience.isZero()) {
      throw new SocketTimeoutException("no time left");
    }
    socket.setSoTimeout(Math.clamp(patience.toMillis(), 1, Integer.MAX_VALUE));
    var count = socket.getInputStream().read(into);
    if (count > 0) {
      heard = true;
    }
    return count;
  }

  /** Whether the client has sent anything yet. May be called by any thread. */
  boolean isHeard() {
    return heard;
  }

  /** Writes; blocks for as long as the client does not read. Small arrays go out in one piece. */
  void write(byte[] bytes, int from, int count) throws IOException {
    socket.getOutputStream().write(bytes, from, count);
  }

  /**
   * Tells the client that no more will come, then discards what it still sends, until it closes its
   * side or the time is over. Closing with unread bytes would reset the connection, and the reply
   * might be lost on its way.
   */
  void finish(Duration linger) throws IOException {
    socket.shutdownOutput();
    var end = System.nanoTime() + linger.toNanos();
    var discarded = new byte[DISCARD_BYTES];
    try {
      while (read(discarded, Duration.ofNanos(end - System.nanoTime())) >= 0) {
        // nobody wants these bytes
      }
    } catch (SocketTimeoutException e) {
      // it had its time
    }
  }

  /** Closes it under whoever is reading or writing. May be called by any thread. */
  void abort() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("Closing {} failed", socket, e);
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
