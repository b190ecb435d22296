package io.doos.common.queue;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Connection;
import io.doos.common.life.Service;
import io.doos.common.queue.LinkState.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One AMQP connection that comes back by itself, whether the broker starts late, dies, restarts or
 * is out of reach. Each change of its {@link LinkPhase} is logged: connecting, connected, blocked,
 * lost, closed. What a dead connection still reports never harms its successor.
 *
 * <p>A process uses two, one to publish and one to consume: a broker under a memory alarm stops
 * reading from every connection that published, its acks included. One virtual thread of its own
 * connects and waits.
 */
public final class BrokerLink implements Service {

  private static final Logger log = LoggerFactory.getLogger(BrokerLink.class);

  private final String name;
  private final BrokerUrl url;
  private final LinkConfig config;
  private final Topology topology;
  private final BackOff backOff;
  private final Present<Connection> connections = new Present<>();
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> firstAttempt = new CompletableFuture<>();
  private LinkState state = LinkState.first();
  private String why = "not connected yet";
  private @Nullable Thread thread;

  /**
   * @param name what the link is for, as the broker's own listings show it
   */
  public BrokerLink(String name, LinkConfig config, Topology topology) {
    this.name = name;
    this.config = config;
    this.url = config.parsedUrl();
    this.topology = topology;
    this.backOff = new BackOff(config.shortestBackOff(), config.longestBackOff());
  }

  /**
   * Makes the first attempt and returns after it. A broker that is not there yet is no failure: the
   * link goes on trying.
   *
   * @throws BrokerMisconfigured when the broker is there but cannot be used as it is; the link is
   *     closed then
   */
  @Override
  public void start() throws BrokerMisconfigured, InterruptedException {
    synchronized (this) {
      if (thread != null || closed.isDone()) {
        return;
      }
      thread = Thread.ofVirtual().name("broker-link-" + name).start(this::run);
    }
    try {
      firstAttempt.get();
    } catch (ExecutionException e) {
      close();
      if (e.getCause() instanceof BrokerMisconfigured misconfigured) {
        throw misconfigured;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    closed.complete(null);
    apply(new Event.Close(), "closed");
    var running = thread();
    if (running != null) {
      running.interrupt();
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The present connection, or else the next one. */
  CompletableFuture<Connection> connection() {
    return connections.incarnation();
  }

  /** Where it is in its life. */
  synchronized LinkState state() {
    return state;
  }

  /** Where it is, and why it is not connected, or blocked. */
  synchronized LinkReport report() {
    return new LinkReport(name, state.phase(), why);
  }

  private synchronized String why() {
    return why;
  }

  private synchronized @Nullable Thread thread() {
    return thread;
  }

  private void run() {
    try {
      while (state().phase() != LinkPhase.CLOSED) {
        live(state().incarnation());
        firstAttempt.complete(null);
        pause(backOff.after(state().failures()));
        apply(new Event.Redial(), why());
      }
    } catch (InterruptedException e) {
      log.debug("Link '{}' is closed", name); // only close() interrupts this thread
    } finally {
      firstAttempt.complete(null);
    }
  }

  private void pause(Duration pause) throws InterruptedException {
    try {
      closed.get(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.trace("Link '{}' tries again", name);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nothing fails 'closed'
    }
  }

  /** The life of one incarnation, from the attempt to its end. */
  private void live(int incarnation) throws InterruptedException {
    Connection connection = null;
    try {
      connection = url.open(name, config);
      var gone = watch(connection, incarnation);
      topology.declare(connection, Mending.at(url));
      apply(new Event.Opened(incarnation), "");
      connections.come(connection);
      firstAttempt.complete(null);
      apply(new Event.Lost(incarnation), gone.get());
    } catch (BrokerMisconfigured e) {
      if (!firstAttempt.completeExceptionally(e)) { // else start() tells, and gives up
        failed(incarnation, e);
      }
    } catch (IOException | TimeoutException | ExecutionException | RuntimeException e) {
      failed(incarnation, e); // a bug must not end the link either: it is logged, like a loss
    } finally {
      if (connection != null) {
        connections.gone(connection);
        end(connection);
      }
    }
  }

  private CompletableFuture<String> watch(Connection connection, int incarnation) {
    connection.addBlockedListener(
        new BlockedListener() {
          @Override
          public void handleBlocked(String reason) {
            apply(new Event.Blocked(incarnation), "it takes no messages for now: " + reason);
          }

          @Override
          public void handleUnblocked() {
            apply(new Event.Unblocked(incarnation), "");
          }
        });
    var gone = new CompletableFuture<String>();
    connection.addShutdownListener(cause -> gone.complete(BrokerUrl.reason(cause)));
    return gone;
  }

  private void failed(int incarnation, Exception e) {
    apply(new Event.Failed(incarnation), BrokerUrl.reason(e));
  }

  private void end(Connection connection) {
    if (connection.isOpen()) {
      connection.abort((int) config.closeTimeout().toMillis());
    }
  }

  private synchronized void apply(Event event, String reason) {
    var next = state.on(event);
    if (next.equals(state)) {
      return;
    }
    var isFirstLoss = state.isUp() || state.incarnation() == 1;
    state = next;
    why = reason;
    switch (next.phase()) {
      case CONNECTING -> log.debug("Link '{}' to {}: connecting", name, url);
      case CONNECTED -> log.info("Link '{}' to {}: connected", name, url);
      case BLOCKED -> log.warn("Link '{}' to {}: blocked: {}", name, url, reason);
      case LOST ->
          log.atLevel(isFirstLoss ? Level.WARN : Level.DEBUG)
              .log("Link '{}' to {}: lost: {}; it tries again", name, url, reason);
      case CLOSED -> log.info("Link '{}' to {}: closed", name, url);
    }
  }

  @Override
  public String toString() {
    return "link '" + name + "' to " + url;
  }
}
