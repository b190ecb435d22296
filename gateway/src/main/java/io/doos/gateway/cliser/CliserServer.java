package io.doos.gateway.cliser;

import io.doos.common.job.Pool;
import io.doos.common.life.Service;
import io.doos.gateway.access.Access;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.results.Results;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * The CLISER door: accepts connections and gives each a {@link CliserSession} on a virtual thread
 * of its own. Closing it lets documents under way finish within the grace, then interrupts them;
 * sessions that rest are cut.
 */
public final class CliserServer implements Service {

  private static final Logger log = LoggerFactory.getLogger(CliserServer.class);
  private static final int BACKLOG = 1024;
  private static final int REFUSALS = 64;
  private static final Duration LAST_GRACE = Duration.ofSeconds(5);

  /**
   * Where and how much.
   *
   * @param address where to listen; port 0 takes any free one
   * @param connections how many may be served at a time
   * @param pool whose workers format
   * @param grace how long documents under way may take when the server is closed
   */
  public record Config(
      InetSocketAddress address, int connections, Pool pool, CliserLimits limits, Duration grace) {}

  private final Config config;
  private final SpoolSpace space;
  private final Access access;
  private final Desk desk;
  private final Semaphore places;
  private final Semaphore refusals = new Semaphore(REFUSALS);
  private final Set<CliserSession> sessions = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("cliser-session-", 0).factory());
  private final ScheduledThreadPoolExecutor clock;
  private final ServerSocket listener;
  private volatile @Nullable Thread acceptor;

  /**
   * A server that is not listening yet.
   *
   * @throws IOException when no socket can be had
   */
  public CliserServer(
      Config config, SpoolSpace space, Access access, Intake intake, Results results)
      throws IOException {
    this(config, space, access, new FarmDesk(intake, results, config.pool()));
  }

  CliserServer(Config config, SpoolSpace space, Access access, Desk desk) throws IOException {
    this.config = config;
    this.space = space;
    this.access = access;
    this.desk = desk;
    this.places = new Semaphore(config.connections());
    this.listener = new ServerSocket();
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("cliser-clock").factory());
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
          "The CLISER door cannot listen at "
              + config.address()
              + " (bind.address, cliser.port): "
              + e.getMessage(),
          e);
    }
    acceptor = Thread.ofPlatform().daemon().name("cliser-accept").start(this::acceptAll);
    log.info("The CLISER door is open at {}", listener.getLocalSocketAddress());
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
    try {
      listener.close();
    } catch (IOException e) {
      log.warn("The CLISER door could not be closed", e);
    }
    sessions.forEach(CliserSession::abortIfResting);
    threads.shutdown();
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
    if (threads.isShutdown()) {
      threads.shutdownNow();
    }
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        admit(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          log.warn("A connection could not be accepted", e);
        }
      }
    }
  }

  private void admit(Socket socket) {
    var link = new Link(socket, clock, config.limits().progress());
    var admitted = places.tryAcquire();
    if (!admitted && !refusals.tryAcquire()) {
      link.abort();
      return;
    }
    var turn = admitted ? places : refusals;
    var session = new CliserSession(config.limits(), link, space, access, desk);
    try {
      threads.execute(() -> run(session, admitted, turn));
    } catch (RejectedExecutionException e) {
      log.debug("{} came too late", link, e);
      turn.release();
      link.abort();
    }
  }

  private void run(CliserSession session, boolean admitted, Semaphore turn) {
    sessions.add(session);
    try {
      if (listener.isClosed()) {
        session.abort();
      } else if (admitted) {
        session.serve();
      } else {
        session.refuse();
      }
    } finally {
      sessions.remove(session);
      turn.release();
    }
  }
}
