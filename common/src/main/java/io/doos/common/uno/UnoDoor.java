package io.doos.common.uno;

import io.doos.common.life.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The UNO door: every client that connects, and speaks, has an office to itself until it hangs up.
 *
 * <p>A thread accepts, a second one keeps the limits, and each session has two of its own. Stopping
 * is in two steps: nobody is let in and who waits is sent away; sessions may go on for the grace,
 * then they are ended.
 */
public final class UnoDoor implements Service {

  /** What health calls a UNO door. */
  public static final String CHECK = "uno-door";

  private static final Logger log = LoggerFactory.getLogger(UnoDoor.class);
  private static final Duration PAUSE_AFTER_FAILED_ACCEPT = Duration.ofMillis(100);
  private static final Duration LAST_GRACE = Duration.ofSeconds(10);

  /**
   * Where and how long.
   *
   * @param address where to listen
   * @param welcome whose connections are wanted, where they come from other machines
   * @param patience how long a client waits for an office; zero sends it away when all are busy
   * @param mostPatience how long one waits at most that a gateway speaks for
   * @param connections most clients at a time, those who wait included; more are cut off
   * @param limits how long a session may be
   * @param grace how long sessions may go on when the door is closed
   */
  public record Config(
      UnoAddress address,
      Predicate<InetAddress> welcome,
      Duration patience,
      Duration mostPatience,
      int connections,
      SessionLimits limits,
      Duration grace) {}

  private final Config config;
  private final Places places;
  private final InstantSource clock;
  private final Map<UnoSession, Thread> sessions = new ConcurrentHashMap<>();
  private final Map<SessionEnd, LongAdder> ended = new EnumMap<>(SessionEnd.class);
  private final AtomicLong number = new AtomicLong();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable UnoListener listener;
  private volatile @Nullable Thread acceptor;
  private volatile @Nullable Instant graceUntil;
  private volatile boolean hurried;

  /** A door that is not open yet. */
  public UnoDoor(Config config, Places places, InstantSource clock) {
    this.config = config;
    this.places = places;
    this.clock = clock;
    Arrays.stream(SessionEnd.values()).forEach(end -> ended.put(end, new LongAdder()));
  }

  @Override
  public void start() throws IOException {
    try {
      var opened = UnoListener.open(config.address());
      listener = opened;
      acceptor = Thread.ofPlatform().daemon().name("uno-accept").start(() -> acceptAll(opened));
      Thread.ofPlatform().daemon().name("uno-limits").start(this::keepLimits);
      log.info("The UNO door is open at {} (port {})", config.address(), opened.port());
    } catch (IOException e) {
      close();
      throw new IOException(
          "The UNO door cannot listen at " + config.address() + " (uno.accept): " + e.getMessage(),
          e);
    }
  }

  /** Whether it lets clients in: from its start until its close, or a fault of ours. */
  public boolean isServing() {
    var thread = acceptor;
    var open = listener;
    return thread != null && thread.isAlive() && open != null && open.isOpen();
  }

  /** As it is now. */
  public UnoDoorView view() {
    var open = listener;
    var counts = new EnumMap<SessionEnd, Long>(SessionEnd.class);
    ended.forEach((end, count) -> counts.put(end, count.sum()));
    return new UnoDoorView(
        open == null ? 0 : open.port(),
        places.total(),
        Math.min(places.free(), places.total()),
        sessions.keySet().stream().map(UnoSession::view).toList(),
        counts);
  }

  private void acceptAll(UnoListener from) {
    while (from.isOpen()) {
      try {
        admit(from.accept());
      } catch (IOException e) {
        pauseAfter(from, e);
      }
    }
  }

  private void admit(SocketChannel client) throws IOException {
    if (client.getRemoteAddress() instanceof InetSocketAddress from
        && !config.welcome().test(from.getAddress())) {
      log.info(
          "{} may not use the UNO door (uno.allow): cut off", from.getAddress().getHostAddress());
      client.close();
      return;
    }
    if (sessions.size() >= config.connections()) {
      log.warn("More than {} UNO clients (uno.max-connections): one is cut off", sessions.size());
      client.close();
      return;
    }
    var session = new UnoSession(client, places, config, clock);
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("uno-" + number.incrementAndGet())
            .unstarted(() -> run(session));
    sessions.put(session, thread);
    thread.start();
    if (stopped.getCount() == 0) {
      session.endUnlessServed();
    }
  }

  private void run(UnoSession session) {
    try {
      session.run();
    } catch (RuntimeException e) {
      log.error("A UNO session failed: this is a bug of ours", e);
    } finally {
      sessions.remove(session);
      var count = ended.get(session.how());
      if (count != null) {
        count.increment();
      }
    }
  }

  private void keepLimits() {
    var pause = config.limits().lookEvery();
    try {
      while (graceUntil == null || !sessions.isEmpty()) {
        sessions.keySet().forEach(session -> session.judge(clock.instant()));
        if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          return; // close() ends the sessions now
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Out of descriptors, say: the sessions that end will give some back.
  private void pauseAfter(UnoListener from, IOException failure) {
    if (!from.isOpen()) {
      return;
    }
    log.warn("A UNO client could not be let in", failure);
    try {
      if (stopped.await(PAUSE_AFTER_FAILED_ACCEPT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void hurry() {
    hurried = true;
    if (stopped.getCount() == 0) {
      sessions.keySet().forEach(session -> session.end(SessionEnd.STOPPED));
    }
  }

  @Override
  public void close() {
    var until = firstClose();
    stopped.countDown();
    var open = listener;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.warn("The UNO door could not be closed", e);
      }
    }
    sessions.keySet().forEach(UnoSession::endUnlessServed);
    if (!hurried) {
      await(until);
    }
    sessions.keySet().forEach(session -> session.end(SessionEnd.STOPPED));
    await(clock.instant().plus(LAST_GRACE));
  }

  private synchronized Instant firstClose() {
    var until = graceUntil;
    if (until == null) {
      until = clock.instant().plus(config.grace());
      graceUntil = until;
    }
    return until;
  }

  private void await(Instant until) {
    for (var thread : sessions.values()) {
      var left = Duration.between(clock.instant(), until);
      if (!left.isPositive()) {
        return;
      }
      try {
        var _ = thread.join(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
