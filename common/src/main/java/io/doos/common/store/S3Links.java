package io.doos.common.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the store's server, kept for the next exchange, the latest used first. All is
 * done on the caller's thread; one virtual thread of its own closes connections whose exchanges
 * take too long.
 */
final class S3Links implements AutoCloseable {

  private static final int MOST_IDLE = 32;

  /** Below the 30 s after which servers like Jetty hang up on an idle connection. */
  private static final long MAX_IDLE_NANOS = Duration.ofSeconds(20).toNanos();

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final URI url;
  private final S3ObjectStore.Timeouts timeouts;
  private final HttpRequestExecutor executor = new HttpRequestExecutor();
  private final Deque<S3Link> idle = new ConcurrentLinkedDeque<>();
  private final Set<S3Link> busy = ConcurrentHashMap.newKeySet();
  private final Thread watch;
  private volatile boolean isClosed;

  /** Makes a request for each try at it, which says that it goes on to the progress given. */
  interface Making {
    ClassicHttpRequest request(S3Request.Progress progress);
  }

  /** Connects to nothing yet. */
  S3Links(URI url, S3ObjectStore.Timeouts timeouts) {
    this.url = url;
    this.timeouts = timeouts;
    this.watch = Thread.ofVirtual().name("store-watch").start(this::watch);
  }

  /**
   * Sends a request. One that breaks on a connection kept from earlier, which the server may just
   * have closed, is sent again on a fresh one.
   *
   * @param hurried whether it must be over within the time for small calls
   * @return the answer, which the caller closes
   */
  S3Answer exchange(Making making, boolean hurried) throws IOException, HttpException {
    long deadline = System.nanoTime() + timeouts.smallCall().toNanos();
    var kept = takeIdle();
    if (kept != null) {
      try {
        return exchange(kept, making, hurried, deadline);
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        if (kept.isOverdue() || isClosed || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
    return exchange(connect(), making, hurried, deadline);
  }

  private S3Answer exchange(S3Link link, Making making, boolean hurried, long deadline)
      throws IOException, HttpException {
    link.begin(hurried, deadline);
    busy.add(link);
    S3Answer answer = null;
    try {
      answer = link.exchange(making.request(link::progress), this);
      return answer;
    } catch (IOException e) {
      throw link.isOverdue() ? overdue(e) : e;
    } finally {
      if (answer == null) {
        end(link, false);
      }
    }
  }

  private static IOException overdue(IOException e) {
    var overdue = new InterruptedIOException("not done in time");
    overdue.initCause(e);
    return overdue;
  }

  /** An exchange is over; its link is kept if it {@code mayStay}. */
  void end(S3Link link, boolean mayStay) {
    busy.remove(link);
    if (mayStay && !isClosed && !link.isOverdue() && idle.size() < MOST_IDLE) {
      link.rest();
      idle.addFirst(link);
    } else {
      link.close();
    }
  }

  private @Nullable S3Link takeIdle() {
    for (var link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
      if (link.idleNanos() < MAX_IDLE_NANOS) {
        return link;
      }
      link.close();
    }
    return null;
  }

  private S3Link connect() throws IOException {
    IOException failure = null;
    for (var address : InetAddress.getAllByName(url.getHost())) {
      try {
        return connect(address);
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure == null ? new IOException("no address for " + url.getHost()) : failure;
  }

  private S3Link connect(InetAddress address) throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) timeouts.silence().toMillis());
      socket.connect(new InetSocketAddress(address, port()), (int) timeouts.connect().toMillis());
      return new S3Link(
          new DefaultBHttpClientConnection(Http1Config.DEFAULT),
          isTls() ? tls(socket) : socket,
          executor,
          timeouts.silence());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket tls(Socket socket) throws IOException {
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var tls = (SSLSocket) factory.createSocket(socket, url.getHost(), port(), true);
    var parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  /** The server as the header Host names it. */
  String host() {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  private boolean isTls() {
    return "https".equals(url.getScheme());
  }

  private int port() {
    return url.getPort() >= 0 ? url.getPort() : isTls() ? HTTPS_PORT : HTTP_PORT;
  }

  private void watch() {
    try {
      while (!isClosed) {
        Thread.sleep(BETWEEN_LOOKS);
        long now = System.nanoTime();
        busy.forEach(link -> link.closeIfOverdue(now));
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Cuts all that is under way. */
  @Override
  public void close() {
    isClosed = true;
    watch.interrupt();
    busy.forEach(S3Link::close);
    for (var link = idle.pollFirst(); link != null; link = idle.pollFirst()) {
      link.close();
    }
  }
}
