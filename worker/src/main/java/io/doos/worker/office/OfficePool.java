package io.doos.worker.office;

import io.doos.common.life.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * Keeps offices ready and lends them out, each to one borrower at a time and to one tenant in its
 * life. Borrowers are served in the order they came.
 *
 * <p>Every place has a {@link Keeper}, a thread that alone starts, cleans, checks and ends the
 * offices in it: one of the platform's, since the answers to UNO calls wake those in half the time.
 * Borrowers only take and give back, which takes microseconds when one is ready. Every method may
 * be called from any thread.
 */
public final class OfficePool implements Service {

  /** Whether an office may serve more than one lease. */
  public enum Reuse {
    /** Every lease gets a new office. */
    NEVER,
    /** An office serves one tenant until it is worn. */
    TENANT
  }

  /**
   * How many offices there are, and for how long.
   *
   * @param count leases at the same time
   * @param standby offices kept ready beyond those; with none, a worn office goes before its
   *     replacement is ready
   * @param maxUses leases after which an office is replaced
   * @param usesSpread by how many leases more or less each office may serve, drawn when it starts,
   *     so that offices of one age do not go all at once
   * @param maxAge after which it is replaced
   * @param maxMemoryBytes resident memory, looked at when it is idle, above which it is replaced
   * @param checkInterval how often an idle office is asked whether it still answers
   * @param upkeepTimeout for preparing, cleaning and checking one office, each; then it is killed
   */
  public record Settings(
      int count,
      int standby,
      Reuse reuse,
      int maxUses,
      int usesSpread,
      Duration maxAge,
      long maxMemoryBytes,
      Duration checkInterval,
      Duration upkeepTimeout) {

    /** Without a spread of uses. */
    public Settings(
        int count,
        int standby,
        Reuse reuse,
        int maxUses,
        Duration maxAge,
        long maxMemoryBytes,
        Duration checkInterval,
        Duration upkeepTimeout) {
      this(count, standby, reuse, maxUses, 0, maxAge, maxMemoryBytes, checkInterval, upkeepTimeout);
    }

    /** As many as cores, and one standby; 500 uses, 72 h, 1 GiB; checks every 5 s. */
    public static Settings standard() {
      return new Settings(
          Runtime.getRuntime().availableProcessors(),
          1,
          Reuse.TENANT,
          500,
          Duration.ofDays(3),
          1L << 30,
          Duration.ofSeconds(5),
          Duration.ofSeconds(20));
    }

    public Settings {
      if (count < 1 || standby < 0 || maxUses < 1) {
        throw new IllegalArgumentException("count and uses are at least 1, standby at least 0");
      }
      if (usesSpread < 0 || usesSpread >= maxUses) {
        throw new IllegalArgumentException("the spread of uses is below the uses");
      }
    }

    /** After how many leases an office is replaced that starts now. */
    int drawUses(RandomGenerator random) {
      return maxUses - usesSpread + random.nextInt(2 * usesSpread + 1);
    }
  }

  private final Settings settings;
  private final Upkeep upkeep;
  private final InstantSource clock;
  private final Seats seats;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  /**
   * A pool that starts nothing yet.
   *
   * @param watchdog kills offices that hang in our hands; started and closed by the caller
   */
  public OfficePool(
      Settings settings,
      Offices offices,
      Watchdog watchdog,
      Preparation preparation,
      Cleaning cleaning,
      InstantSource clock) {
    this(
        settings,
        new Upkeep(offices, watchdog, preparation, cleaning, settings.upkeepTimeout()),
        clock);
  }

  OfficePool(Settings settings, Upkeep upkeep, InstantSource clock) {
    this.settings = settings;
    this.upkeep = upkeep;
    this.clock = clock;
    this.seats = new Seats(settings, clock);
  }

  /**
   * Starts all offices; returns when the first is ready, the others follow.
   *
   * @throws OfficeFailure when none comes up; nothing is left then
   */
  @Override
  public void start() throws OfficeFailure, InterruptedException {
    for (var slot : seats.slots()) {
      var keeper = new Keeper(slot, seats, upkeep, settings, clock);
      threads.add(Thread.ofPlatform().daemon().name("office-" + slot.index).start(keeper));
    }
    threads.add(Thread.ofVirtual().name("office-checks").start(seats::checkRegularly));
    var up = false;
    try {
      seats.awaitFirst();
      up = true;
    } finally {
      if (!up) {
        close();
      }
    }
  }

  /**
   * Borrows an office that serves {@code tenant} only; close the lease to give it back.
   *
   * @param patience how long to wait for one at most; zero takes one that is ready or none
   * @throws OfficeFailure.AllBusy when none became free in that time
   * @throws OfficeFailure.Stopped when the pool is closed
   */
  public OfficeLease lease(String tenant, Duration patience)
      throws OfficeFailure, InterruptedException {
    var lease = seats.lease(tenant, patience);
    lease.office().hurry();
    return lease;
  }

  /** How many more leases there may be, ready or soon to be. */
  public int openPlaces() {
    return seats.openPlaces();
  }

  /** The offices as they are now. */
  public List<OfficeSnapshot> snapshot() {
    return seats.snapshot();
  }

  /** How many offices were replaced so far, by how they ended. */
  public Map<Office.Death, Long> ends() {
    return seats.ends();
  }

  /** Whether somebody looks after every office; if not, nobody ever will again. */
  public boolean isKept() {
    return threads.stream().allMatch(Thread::isAlive);
  }

  /** Why the newest office did not come up; empty when it did. */
  public Optional<OfficeFailure> lastFailure() {
    return seats.lastFailure();
  }

  /** How many borrowers wait for an office. */
  public int waiting() {
    return seats.waiting();
  }

  /** Wakes all who wait, so that they look at the clock again. */
  void clockWasTurned() {
    seats.wakeAll();
  }

  /** Kills all offices at once, leased ones too, and returns when nothing of them is left. */
  @Override
  public void close() {
    seats.close();
    threads.forEach(Thread::interrupt);
    var interrupted = false;
    for (var thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true; // what is being killed must be gone when we return
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
