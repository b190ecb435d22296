package io.doos.worker.office;

import io.doos.common.life.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills offices whose time is up, or that take more than a job may. A job whose office is at work
 * when its time is up may get more. One thread of its own; every method may be called from any
 * thread.
 */
public final class Watchdog implements Service {

  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

  /**
   * When offices are killed.
   *
   * @param interval how often it is looked at what offices take, half a second at most; time limits
   *     are kept exactly
   * @param minCpu the share of its time, from 0 to 1, that an office must have used the CPU for its
   *     job to get half the timeout again
   * @param maxExtensions how often a job gets that at most
   * @param allowance what a job may take
   */
  public record Settings(Duration interval, double minCpu, int maxExtensions, Allowance allowance) {

    /** Every half second, 10 %, once, the standard allowance. */
    public static Settings standard() {
      return new Settings(LONGEST_INTERVAL, 0.1, 1, Allowance.standard());
    }

    public Settings {
      if (!interval.isPositive() || minCpu < 0 || minCpu > 1 || maxExtensions < 0) {
        throw new IllegalArgumentException("a positive interval, a share, a count");
      }
    }
  }

  /** A fast disk takes a gigabyte in this time. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMillis(500);

  private final Settings settings;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Guard> guards = new HashSet<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::run);
  private boolean closed;

  public Watchdog(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void start() {
    thread.start();
  }

  /**
   * Watches {@code office} while a job runs in it: kills it with {@link Office.Death#DEADLINE} when
   * {@code timeout} is over and it gets no more.
   */
  public Guard guard(Inmate office, Duration timeout) {
    var rule = new Watch.Rule(settings.minCpu(), settings.maxExtensions());
    return guard(office, timeout, rule, Office.Death.DEADLINE);
  }

  /** What a job may take. */
  public Allowance allowance() {
    return settings.allowance();
  }

  /** Watches {@code office} while we ask it something that takes a moment; never gives more. */
  Guard guardUpkeep(Office office, Duration timeout) {
    return guard(office, timeout, Watch.Rule.STRICT, Office.Death.RETIRED);
  }

  private Guard guard(Inmate office, Duration timeout, Watch.Rule rule, Office.Death death) {
    var guard =
        new Guard(office, rule, death, Watch.begin(clock.instant(), timeout, office.cpuTime()));
    lock.lock();
    try {
      guards.add(guard);
      changed.signal();
    } finally {
      lock.unlock();
    }
    return guard;
  }

  private void run() {
    var nextUse = clock.instant();
    while (true) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        var wake = guards.stream().map(Guard::limit).reduce(nextUse, Watchdog::earlier);
        var nanos = Duration.between(clock.instant(), wake).toNanos();
        if (guards.isEmpty()) {
          changed.await();
        } else if (nanos > 0) {
          var _ = changed.await(nanos, TimeUnit.NANOSECONDS);
        }
      } catch (InterruptedException e) {
        return; // nobody but close() interrupts us
      } finally {
        lock.unlock();
      }
      var useToo = !clock.instant().isBefore(nextUse);
      look(useToo);
      if (useToo) {
        nextUse = clock.instant().plus(interval());
      }
    }
  }

  private Duration interval() {
    return settings.interval().compareTo(LONGEST_INTERVAL) < 0
        ? settings.interval()
        : LONGEST_INTERVAL;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Judges every office once. */
  void look(boolean useToo) {
    for (var guard : current()) {
      try {
        guard.judge();
        if (useToo) {
          guard.judgeUse();
        }
      } catch (RuntimeException e) {
        log.error("Watching {} failed", guard.office.name(), e);
      }
    }
  }

  private List<Guard> current() {
    lock.lock();
    try {
      return List.copyOf(guards);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An office being watched; closing it ends that. */
  public final class Guard implements AutoCloseable {

    private final Inmate office;
    private final Watch.Rule rule;
    private final Office.Death death;
    private final Duration cpuBefore;
    private volatile Watch watch;

    private Guard(Inmate office, Watch.Rule rule, Office.Death death, Watch watch) {
      this.office = office;
      this.rule = rule;
      this.death = death;
      this.cpuBefore = watch.cpuAtSince();
      this.watch = watch;
    }

    /** When its time is up, as things stand. */
    public Instant limit() {
      return watch.limit();
    }

    /** How often it was given more time. */
    public int extensions() {
      return watch.extensions();
    }

    private void judge() {
      var now = clock.instant();
      if (now.isBefore(watch.limit())) {
        return;
      }
      switch (watch.judge(now, office.cpuTime(), rule)) {
        case Watch.Wait _ -> {}
        case Watch.Extend(var longer) -> {
          log.info("{}: busy at its limit, gets more time until {}", office.name(), longer.limit());
          watch = longer;
        }
        case Watch.Kill _ -> kill(death);
      }
    }

    private void judgeUse() {
      var allowance = settings.allowance();
      if (office.memoryBytes() > allowance.memoryBytes()) {
        kill(Office.Death.OUT_OF_MEMORY);
      } else if (office.cpuTime().minus(cpuBefore).compareTo(allowance.cpuTime()) > 0) {
        kill(Office.Death.OUT_OF_CPU_TIME);
      } else if (office.diskBytes(allowance.diskBytes()) > allowance.diskBytes()) {
        kill(Office.Death.OUT_OF_DISK);
      }
    }

    // both under one monitor: an office given back must not be killed for what its job did
    private synchronized void kill(Office.Death why) {
      if (forget()) {
        office.kill(why);
      }
    }

    @Override
    public synchronized void close() {
      var _ = forget();
    }

    private boolean forget() {
      lock.lock();
      try {
        return guards.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }
}
