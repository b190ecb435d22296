package io.doos.worker.office;

import io.doos.worker.office.OfficeState.Event;
import io.doos.worker.office.OfficeState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The state that keepers and borrowers share, under one lock: the slots, and who waits for one.
 * Never held while anything is done to an office.
 */
final class Seats {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final OfficePool.Settings settings;
  private final InstantSource clock;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Slot> slots;
  private final List<Waiter> waiters = new ArrayList<>();
  private final Map<Office.Death, Long> ends = new EnumMap<>(Office.Death.class);
  private Optional<OfficeFailure> lastFailure = Optional.empty();
  private Instant nextCheck;
  private boolean closed;

  private static final class Waiter {
    private final String tenant;
    private @Nullable Lease lease;

    private Waiter(String tenant) {
      this.tenant = tenant;
    }
  }

  Seats(OfficePool.Settings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.nextCheck = clock.instant().plus(settings.checkInterval());
    this.slots =
        IntStream.range(0, settings.count() + settings.standby())
            .mapToObj(index -> new Slot(index, clock.instant()))
            .toList();
  }

  List<Slot> slots() {
    return slots;
  }

  OfficeLease lease(String tenant, Duration patience) throws OfficeFailure, InterruptedException {
    var waiter = new Waiter(tenant);
    lock.lock();
    try {
      waiters.add(waiter);
      settle();
      var deadline = clock.instant().plus(patience);
      while (waiter.lease == null) {
        if (closed) {
          throw new OfficeFailure.Stopped();
        }
        var left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
          throw busy(patience);
        }
        var _ = changed.await(left.toNanos(), TimeUnit.NANOSECONDS);
      }
      return waiter.lease;
    } catch (InterruptedException e) {
      if (waiter.lease != null) {
        waiter.lease.close();
      }
      throw e;
    } finally {
      waiters.remove(waiter);
      settle(); // the place kept for one who gave up is the next one's
      lock.unlock();
    }
  }

  private OfficeFailure busy(Duration patience) {
    return new OfficeFailure.AllBusy(
        "No office became free within "
            + patience.toMillis()
            + " ms"
            + lastFailure.map(e -> "; the last start failed: " + e.getMessage()).orElse(""));
  }

  /** Waits until the first office is ready, or the first start has failed. */
  void awaitFirst() throws OfficeFailure, InterruptedException {
    lock.lock();
    try {
      while (slots.stream().noneMatch(Slot::free)) {
        if (lastFailure.isPresent()) {
          throw lastFailure.get();
        }
        if (closed) {
          throw new OfficeFailure.Stopped();
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the keeper of {@code slot} has something to do.
   *
   * @throws InterruptedException also when we are closed
   */
  OfficeState awaitWork(Slot slot) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        if (closed) {
          throw new InterruptedException();
        }
        var pause = Duration.between(clock.instant(), slot.notBefore);
        if (slot.in(Phase.STARTING) && pause.isPositive()) {
          var _ = changed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } else if (slot.free() || slot.in(Phase.LEASED)) {
          changed.await();
        } else {
          return slot.state;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void up(Slot slot, LiveOffice office, long memoryBytes) {
    locked(() -> {
      lastFailure = Optional.empty();
      slot.put(office, memoryBytes, settings.drawUses(random), clock.instant());
      return apply(slot, new OfficeState.Up(slot.state.generation()));
    });
  }

  /** Answers the pause before the next try; there is none once we are closed. */
  Optional<Duration> notUp(Slot slot, OfficeFailure why) {
    return locked(() -> {
      if (closed) {
        return Optional.empty(); // its start was broken off
      }
      lastFailure = Optional.of(why);
      var _ = apply(slot, new OfficeState.NotUp(slot.state.generation()));
      return Optional.of(Duration.between(clock.instant(), slot.notBefore));
    });
  }

  void cleaned(Slot slot, long memoryBytes) {
    locked(() -> {
      slot.memoryBytes = memoryBytes;
      return apply(slot, new OfficeState.Cleaned(slot.state.generation()));
    });
  }

  void gone(Slot slot) {
    locked(() -> {
      if (slot.office != null) {
        ends.merge(slot.office.death(), 1L, Long::sum);
      }
      slot.office = null;
      slot.tenant = null;
      slot.uses = 0;
      return apply(slot, new OfficeState.Gone(slot.state.generation()));
    });
  }

  /** Tells what happened; answers the phase that follows from it. */
  Phase apply(Slot slot, Event event) {
    return locked(() -> {
      var before = slot.state;
      slot.state = before.on(event);
      if (slot.state.failures() > before.failures()) {
        slot.notBefore = clock.instant().plus(pause(slot.state.failures()));
      }
      settle();
      return slot.state.phase();
    });
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private static Duration pause(int failures) {
    var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** Acts on how things are: seats who waits, sends away who is worn. */
  private void settle() {
    if (closed) {
      return; // nobody is seated in an office that is being killed; close() has woken all
    }
    var seating = new Seating(settings, slots, clock.instant());
    var places = seating.openPlaces();
    var unseated = 0;
    for (var waiter : waiters) {
      if (waiter.lease == null && places-- > 0) { // a place is kept for each who came earlier
        var best = seating.bestFor(waiter.tenant);
        if (best.isPresent()) {
          seat(waiter, best.get());
        } else {
          unseated++;
        }
      }
    }
    seating.toMakeRoomFor(unseated).forEach(Seats::unfit);
    seating.worn().forEach(Seats::unfit);
    changed.signalAll();
  }

  private void seat(Waiter waiter, Slot slot) {
    var generation = slot.state.generation();
    slot.state = slot.state.on(new OfficeState.Leased(generation));
    slot.tenant = waiter.tenant;
    slot.uses++;
    waiter.lease =
        new Lease(Objects.requireNonNull(slot.office), fit -> giveBack(slot, generation, fit));
  }

  private void giveBack(Slot slot, int generation, boolean fit) {
    locked(() -> {
      slot.lastUsed = clock.instant();
      return apply(slot, new OfficeState.Returned(generation, fit));
    });
  }

  private static void unfit(Slot slot) {
    slot.state = slot.state.on(new OfficeState.Unfit(slot.state.generation()));
  }

  /** Has the idle offices asked, at every interval, whether they still answer; until closed. */
  void checkRegularly() {
    lock.lock();
    try {
      while (!closed) {
        var left = Duration.between(clock.instant(), nextCheck);
        if (left.isPositive()) {
          var _ = changed.await(left.toNanos(), TimeUnit.NANOSECONDS);
        } else {
          new Seating(settings, slots, clock.instant()).toKeepOneFresh().ifPresent(Seats::unfit);
          slots.forEach(slot -> apply(slot, new OfficeState.CheckDue(slot.state.generation())));
          nextCheck = clock.instant().plus(settings.checkInterval());
        }
      }
    } catch (InterruptedException e) {
      // closed
    } finally {
      lock.unlock();
    }
  }

  Map<Office.Death, Long> ends() {
    return locked(() -> Map.copyOf(ends));
  }

  List<OfficeSnapshot> snapshot() {
    return locked(() -> slots.stream().map(Slot::snapshot).toList());
  }

  int openPlaces() {
    return locked(() ->
        Math.max(0, new Seating(settings, slots, clock.instant()).openPlaces() - waiters.size()));
  }

  Optional<OfficeFailure> lastFailure() {
    return locked(() -> lastFailure);
  }

  int waiting() {
    return locked(waiters::size);
  }

  void wakeAll() {
    lock.lock();
    try {
      settle();
    } finally {
      lock.unlock();
    }
  }

  /** Sends everybody away and kills the offices; their keepers take what is left of them. */
  void close() {
    List<LiveOffice> offices;
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      offices = slots.stream().flatMap(slot -> Optional.ofNullable(slot.office).stream()).toList();
    } finally {
      lock.unlock();
    }
    offices.forEach(office -> office.kill(Office.Death.RETIRED));
  }
}
