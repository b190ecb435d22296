package io.doos.gateway.doos;

import io.doos.common.life.Service;
import io.doos.common.tls.Tls;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The doos door: accepts connections and gives each a {@link Session} on a virtual thread of its
 * own.
 *
 * <p>Stopping is in two steps: no more connections are accepted and those whose clients have said
 * nothing are closed; the other sessions may finish within the grace, then they are interrupted.
 */
public final class DoosServer implements Service {

  private static final Logger log = LoggerFactory.getLogger(DoosServer.class);

  private static final int BACKLOG = 1024;
  // So many clients more are told that there are too many; beyond that they are cut off.
  private static final int REFUSALS = 256;
  private static final Duration PAUSE_AFTER_FAILED_ACCEPT = Duration.ofMillis(100);
  private static final Duration LAST_GRACE = Duration.ofSeconds(5);

  /**
   * Where and how much.
   *
   * @param address where to listen; port 0 takes any free one
   * @param connections how many may be served at a time
   * @param limits what one request may be
   * @param grace how long sessions may take to finish when the server is closed
   * @param tls how it speaks TLS, if it does
   */
  public record Config(
      InetSocketAddress address,
      int connections,
      Limits limits,
      Duration grace,
      Optional<Tls> tls) {

    /** A door without TLS. */
    public Config(InetSocketAddress address, int connections, Limits limits, Duration grace) {
      this(address, connections, limits, grace, Optional.empty());
    }

    /** The same door over TLS at another address. */
    public Config overTls(InetSocketAddress other, Tls how) {
      return new Config(other, connections, limits, grace, Optional.of(how));
    }

    private String name() {
      return tls.isEmpty() ? "doos door" : "doos door over TLS";
    }

    private String settings() {
      return tls.isEmpty() ? "bind.address, tcp.port" : "tls.bind-address, tcp.tls-port";
    }
  }

  private final Config config;
  private final SpoolSpace space;
  private final RequestHandler handler;
  private final Runnable terminate;
  private final Semaphore places;
  private final Semaphore refusals = new Semaphore(REFUSALS);
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("doos-session-", 0).factory());
  private final ScheduledThreadPoolExecutor clock;
  private final Listener listener;
  private volatile @Nullable Thread acceptor;
  private volatile boolean hurried;

  /**
   * A server that is not listening yet.
   *
   * @param commands decide what a request gets for an answer
   * @param terminate called once for each permitted {@code terminate}, on a thread of its own,
   *     after the reply is out
   * @throws IOException when no socket can be had
   */
  public DoosServer(Config config, SpoolSpace space, Commands commands, Runnable terminate)
      throws IOException {
    this(config, space, (RequestHandler) commands, terminate);
  }

  DoosServer(Config config, SpoolSpace space, RequestHandler handler, Runnable terminate)
      throws IOException {
    this.config = config;
    this.space = space;
    this.handler = handler;
    this.terminate = terminate;
    this.places = new Semaphore(config.connections());
    this.listener = new Listener();
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("doos-clock").factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void start() throws IOException {
    try {
      listener.setReuseAddress(true);
      listener.bind(config.address(), BACKLOG);
    } catch (IOException e) {
      close();
      throw new IOException(
          "The %s cannot listen at %s (%s): %s"
              .formatted(config.name(), config.address(), config.settings(), e.getMessage()),
          e);
    }
    acceptor = Thread.ofPlatform().daemon().name("doos-accept").start(this::acceptAll);
    log.info("The {} is open at {}", config.name(), listener.getLocalSocketAddress());
  }

  /** Whether it takes connections: from its start until its close, or a fault of ours. */
  public boolean isServing() {
    var thread = acceptor;
    return thread != null && thread.isAlive() && !listener.isClosed();
  }

  /** The port it listens at, once started. */
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    closeListener();
    awaitAcceptor();
    stopped.countDown(); // whoever is cut off from here on finds the door closed
    sessions.forEach(Session::closeIfSilent);
    threads.shutdown();
    if (hurried) {
      threads.shutdownNow();
    }
    try {
      if (!threads.awaitTermination(config.grace().toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(LAST_GRACE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    clock.shutdownNow();
  }

  @Override
  public void hurry() {
    hurried = true;
    if (threads.isShutdown()) {
      threads.shutdownNow();
    }
  }

  private void acceptAll() {
    var writer = new ReplyWriter(clock, config.limits().progress());
    while (!listener.isClosed()) {
      try {
        admit(new Connection(listener.accept(), config.tls()), writer);
      } catch (IOException e) {
        pauseAfter(e);
      }
    }
  }

  private void admit(Connection connection, ReplyWriter writer) {
    var isWanted = handler.allows(connection.address());
    var admitted = isWanted && places.tryAcquire();
    var turn = admitted ? places : refusals;
    if (!admitted && !refusals.tryAcquire()) {
      connection.abort();
      return;
    }
    var session = new Session(config.limits(), connection, space, handler, writer);
    try {
      threads.execute(() -> run(session, admitted ? "" : refusal(isWanted), turn));
    } catch (RejectedExecutionException e) {
      log.debug("{} came too late", connection, e);
      turn.release();
      connection.abort();
    }
  }

  private static String refusal(boolean isWanted) {
    return isWanted ? Replies.TOO_MANY_CONNECTIONS : Replies.ADDRESS_NOT_PERMITTED;
  }

  private void run(Session session, String refusal, Semaphore turn) {
    sessions.add(session);
    try {
      if (stopped.getCount() == 0) {
        session.closeIfSilent();
      }
      if (!refusal.isEmpty()) {
        session.refuse(refusal);
      } else if (session.serve()) {
        Thread.ofPlatform().name("doos-terminate").start(terminate);
      }
    } finally {
      sessions.remove(session);
      turn.release();
    }
  }

  // Out of descriptors, say: the sessions that end will give some back.
  private void pauseAfter(IOException failure) {
    if (listener.isClosed()) {
      return;
    }
    log.warn("A connection could not be accepted", failure);
    try {
      if (stopped.await(PAUSE_AFTER_FAILED_ACCEPT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As long as a thread is in accept, the kernel goes on taking connections for it. */
  private void awaitAcceptor() {
    var thread = acceptor;
    if (thread != null) {
      try {
        thread.join(LAST_GRACE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeListener() {
    try {
      listener.close();
    } catch (IOException e) {
      log.warn("The doos door could not be closed", e);
    }
  }
}
