package io.doos.gateway.tcp;

import io.doos.common.tls.CommonName;
import io.doos.common.tls.Tls;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's socket, plain or under TLS, with a deadline for every wait. For one thread; only abort
 * and isHeard may be called by others.
 */
public final class Connection implements Closeable {

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  // What is longer is written in pieces of this size, and each piece is progress.
  private static final int PIECE_BYTES = 16 * 1024;

  // Writing goes on once a third of the buffer is free: a large one makes a slow reader look dead.
  private static final int SEND_BUFFER_BYTES = 256 * 1024;
  private static final int DISCARD_BYTES = 4 * 1024;

  private final DeadlineSocket socket;
  private final Optional<Tls> tls;
  private final ScheduledExecutorService clock;
  private @Nullable SSLSocket secure;
  private volatile boolean heard;

  /**
   * A plain connection, or one whose client is to begin with TLS.
   *
   * @param clock cuts it when its client takes nothing
   */
  Connection(DeadlineSocket socket, Optional<Tls> tls, ScheduledExecutorService clock) {
    this.socket = socket;
    this.tls = tls;
    this.clock = clock;
  }

  /**
   * Prepares the socket, and shakes hands where TLS is spoken; to be called before anything else.
   *
   * @param patience how long that may take
   */
  public void open(Duration patience) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSendBufferSize(SEND_BUFFER_BYTES);
    if (tls.isPresent()) {
      socket.allow(patience);
      secure = shakeHands(tls.get());
    }
  }

  private SSLSocket shakeHands(Tls how) throws IOException {
    var factory = how.context().getSocketFactory();
    var layered = (SSLSocket) factory.createSocket(socket, null, false);
    layered.setSSLParameters(how.parameters());
    layered.startHandshake();
    return layered;
  }

  private Socket stream() {
    var layered = secure;
    return layered == null ? socket : layered;
  }

  /** Who the client is, once the connection was opened. */
  public Peer peer() {
    var layered = secure;
    return new Peer(
        address(), layered == null ? Optional.empty() : CommonName.ofPeer(layered.getSession()));
  }

  /** Where the client is. */
  public InetAddress address() {
    return socket.getInetAddress();
  }

  /**
   * Reads what has come.
   *
   * @return how much that was, or -1 when the client has closed its side
   * @throws SocketTimeoutException when nothing came for so long; the connection is still good
   */
  public int read(byte[] into, Duration patience) throws IOException {
    socket.allow(patience);
    var count = stream().getInputStream().read(into);
    if (count > 0) {
      heard = true;
    }
    return count;
  }

  /** Whether the client has sent anything yet. May be called by any thread. */
  public boolean isHeard() {
    return heard;
  }

  /**
   * Writes in one piece, without a deadline: for a few words that a fresh connection's buffer
   * holds.
   */
  public void write(byte[] bytes) throws IOException {
    stream().getOutputStream().write(bytes);
  }

  /**
   * Writes all of it in pieces; a client that takes nothing for so long, or up to a fourth longer,
   * loses its connection.
   *
   * @param bytes how many there are at most, so that a few need little memory
   */
  public void write(InputStream content, long bytes, Duration patience) throws IOException {
    var piece = new byte[Math.clamp(bytes, 1, PIECE_BYTES)];
    var out = stream().getOutputStream();
    try (var watch = new StuckWatch(clock, patience, this::abort)) {
      var count = content.readNBytes(piece, 0, piece.length);
      while (count > 0) {
        out.write(piece, 0, count);
        watch.wrote(count);
        count = content.readNBytes(piece, 0, piece.length);
      }
    }
  }

  /**
   * Tells the client that no more will come, then discards what it still sends, until it closes its
   * side or the time is over. Closing with unread bytes would reset the connection, and the reply
   * might be lost on its way.
   */
  public void finish(Duration linger) throws IOException {
    if (secure != null) {
      secure.shutdownOutput(); // says so under TLS, and leaves the socket below as it is
    }
    socket.shutdownOutput();
    socket.allow(linger);
    var discarded = new byte[DISCARD_BYTES];
    try {
      while (socket.getInputStream().read(discarded) >= 0) {
        // nobody wants these bytes, and nobody needs to decipher them
      }
    } catch (SocketTimeoutException e) {
      // it had its time
    }
  }

  /** Closes it under whoever is reading or writing. May be called by any thread. */
  public void abort() {
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
