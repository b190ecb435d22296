package io.doos.gateway.tcp;

import io.doos.common.life.Service;
import io.doos.common.tls.Tls;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts the clients of one entrance, and gives each a {@link Visit} on a virtual thread of its
 * own.
 *
 * <p>Stopping is in two steps: no more clients are accepted and those are cut with whom nothing is
 * under way; the others may finish within the grace, then they are interrupted.
 */
final class TcpServer implements Service {

  private static final Logger log = LoggerFactory.getLogger(TcpServer.class);

  // So many clients more are told that there are too many; beyond that they are cut off.
  private static final int REFUSALS = 256;
  private static final Duration LAST_GRACE = Duration.ofSeconds(5);

  /**
   * Where and how much.
   *
   * @param name what messages call it, such as {@code doos door}
   * @param connections how many may be served at a time
   * @param grace how long visits may take to finish when the server is closed
   * @param tls how it speaks TLS, if it does
   */
  record Config(
      String name, Entrances.Place place, int connections, Duration grace, Optional<Tls> tls) {}

  private final Config config;
  private final Reception reception;
  private final Semaphore places;
  private final Semaphore refusals = new Semaphore(REFUSALS);
  private final Set<Visit> visits = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads;
  private final ScheduledThreadPoolExecutor clock;
  private final Acceptor acceptor;
  private volatile boolean hurried;

  /**
   * A server that is not listening yet.
   *
   * @throws IOException when no socket can be had
   */
  TcpServer(Config config, Reception reception) throws IOException {
    this.config = config;
    this.reception = reception;
    this.places = new Semaphore(config.connections());
    this.acceptor = new Acceptor();
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(config.name() + ", client ", 0).factory());
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name(config.name() + ", clock").factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void start() throws IOException {
    try {
      acceptor.start(config.place(), config.name(), this::admit);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Whether it was started and has stopped taking clients: it was closed, or is broken. */
  boolean hasEnded() {
    return acceptor.hasEnded();
  }

  /** The port it listens at, once started. */
  int port() {
    return acceptor.port();
  }

  @Override
  public void close() {
    acceptor.close();
    visits.forEach(Visit::cutIfIdle);
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

  private void admit(DeadlineSocket socket) {
    var connection = new Connection(socket, config.tls(), clock);
    var isWanted = reception.allows(connection.address());
    var isAdmitted = isWanted && places.tryAcquire();
    var turn = isAdmitted ? places : refusals;
    if (!isAdmitted && !refusals.tryAcquire()) {
      connection.abort();
      return;
    }
    var visit = reception.visit(connection);
    Runnable service =
        isAdmitted
            ? visit::serve
            : () -> visit.refuse(isWanted ? Refused.NO_PLACE : Refused.ADDRESS);
    try {
      threads.execute(() -> run(visit, service, turn));
    } catch (RejectedExecutionException e) {
      log.debug("{} came too late", connection, e);
      turn.release();
      connection.abort();
    }
  }

  private void run(Visit visit, Runnable service, Semaphore turn) {
    visits.add(visit);
    try {
      if (acceptor.isClosed()) {
        visit.cutIfIdle();
      }
      service.run();
    } finally {
      visits.remove(visit);
      turn.release();
    }
  }
}
