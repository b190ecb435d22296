package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.worker.office.FakeOffices.FakeOffice;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool with offices that are none and a clock that is turned by hand. */
class OfficePoolTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HandClock clock = new HandClock();
  private final FakeOffices offices = new FakeOffices();
  private final Watchdog watchdog =
      new Watchdog(Watchdog.Settings.standard(), InstantSource.system());
  private final List<OfficePool> pools = new ArrayList<>();
  private Preparation preparation = Preparation.NONE;
  private Cleaning cleaning = Cleaning.NONE;

  private OfficePool pool(int count, int standby) throws Exception {
    return pool(count, standby, OfficePool.Reuse.TENANT);
  }

  private OfficePool pool(int count, int standby, OfficePool.Reuse reuse) throws Exception {
    var pool = unstarted(count, standby, reuse);
    pool.start();
    assertThat(Basic.becomesTrue(() -> ready(pool) == count + standby)).isTrue();
    return pool;
  }

  private OfficePool unstarted(int count, int standby, OfficePool.Reuse reuse) {
    var settings =
        new OfficePool.Settings(
            count,
            standby,
            reuse,
            3,
            Duration.ofDays(3),
            1 << 30,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
    var upkeep = new Upkeep(offices, watchdog, preparation, cleaning, settings.upkeepTimeout());
    var pool = new OfficePool(settings, upkeep, clock);
    pools.add(pool);
    return pool;
  }

  @AfterEach
  void closeAll() {
    pools.forEach(OfficePool::close);
    watchdog.close();
    assertThat(offices.alive()).isZero();
  }

  private static long ready(OfficePool pool) {
    return pool.snapshot().stream().filter(office -> office.phase().equals("READY")).count();
  }

  private static FakeOffice fake(OfficeLease lease) {
    return (FakeOffice) lease.office();
  }

  private void turn(OfficePool pool, Duration by) {
    clock.turn(by);
    pool.clockWasTurned();
  }

  @Test
  void aTenantGetsItsOwnOfficeBack() throws Exception {
    var pool = pool(2, 1);
    String name;
    try (var lease = pool.lease("acme", PATIENCE)) {
      name = lease.office().name();
    }
    assertThat(Basic.becomesTrue(() -> ready(pool) == 3)).isTrue();
    try (var lease = pool.lease("acme", PATIENCE)) {
      assertThat(lease.office().name()).isEqualTo(name);
      assertThat(fake(lease).cleanings).hasValue(1);
    }
  }

  @Test
  void anOfficeServesOneTenantInItsLife() throws Exception {
    var pool = pool(1, 0);
    FakeOffice first;
    try (var lease = pool.lease("acme", PATIENCE)) {
      first = fake(lease);
    }
    try (var lease = pool.lease("other", PATIENCE)) {
      assertThat(fake(lease)).isNotSameAs(first);
      assertThat(first.death()).isEqualTo(Office.Death.RETIRED);
    }
  }

  @Test
  void noMoreAreLeasedThanAllowedThoughAStandbyIsReady() throws Exception {
    var pool = pool(1, 1);
    try (var _ = pool.lease("acme", PATIENCE)) {
      assertThatThrownBy(() -> pool.lease("acme", Duration.ZERO))
          .isInstanceOf(OfficeFailure.AllBusy.class);
    }
  }

  @Test
  void patienceEndsByTheClock() throws Exception {
    var pool = pool(1, 0);
    try (var _ = pool.lease("acme", PATIENCE)) {
      var waiting = inBackground(() -> pool.lease("acme", Duration.ofMinutes(5)));
      assertThat(Basic.becomesTrue(() -> pool.waiting() == 1)).isTrue();
      turn(pool, Duration.ofMinutes(5));
      assertThat(waiting)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .withCauseInstanceOf(OfficeFailure.AllBusy.class);
    }
  }

  @Test
  void borrowersAreServedInTheOrderTheyCame() throws Exception {
    var pool = pool(1, 1);
    var served = new CopyOnWriteArrayList<Integer>();
    var waiting = new ArrayList<CompletableFuture<?>>();
    try (var _ = pool.lease("acme", PATIENCE)) {
      for (var each = 0; each < 6; each++) {
        var number = each;
        // tenants alternate: who could have the ready office at once waits for who came earlier
        waiting.add(
            inBackground(() -> {
              try (var _ = pool.lease(number % 2 == 0 ? "other" : "acme", PATIENCE)) {
                served.add(number);
                return number;
              }
            }));
        assertThat(Basic.becomesTrue(() -> pool.waiting() == number + 1)).isTrue();
      }
    }
    for (var each : waiting) {
      assertThat(each).succeedsWithin(Duration.ofSeconds(20));
    }
    assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void anInterruptedBorrowerTakesNothing() throws Exception {
    var pool = pool(1, 0);
    var ended = new CompletableFuture<Throwable>();
    try (var _ = pool.lease("acme", PATIENCE)) {
      var thread =
          Thread.ofVirtual()
              .start(() -> {
                try (var _ = pool.lease("acme", PATIENCE)) {
                  ended.completeExceptionally(new AssertionError("served"));
                } catch (Exception e) {
                  ended.complete(e);
                }
              });
      assertThat(Basic.becomesTrue(() -> pool.waiting() == 1)).isTrue();
      thread.interrupt();
      assertThat(ended).succeedsWithin(Duration.ofSeconds(20));
      assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }
    pool.lease("acme", PATIENCE).close();
  }

  @Test
  void withReuseNeverEveryLeaseGetsANewOffice() throws Exception {
    var pool = pool(1, 1, OfficePool.Reuse.NEVER);
    var seen = new ArrayList<FakeOffice>();
    for (var round = 0; round < 5; round++) {
      try (var lease = pool.lease("acme", PATIENCE)) {
        assertThat(seen).doesNotContain(fake(lease));
        seen.add(fake(lease));
      }
    }
    assertThat(Basic.becomesTrue(() -> offices.alive() == 2)).isTrue();
  }

  @Test
  void aSpoiltOfficeAndADirtyOneAreReplaced() throws Exception {
    var pool = pool(1, 0);
    FakeOffice spoilt;
    FakeOffice dirty;
    try (var lease = pool.lease("acme", PATIENCE)) {
      spoilt = fake(lease);
      lease.spoil();
    }
    try (var lease = pool.lease("acme", PATIENCE)) {
      dirty = fake(lease);
      dirty.dirt = java.util.Optional.of("a document");
    }
    try (var lease = pool.lease("acme", PATIENCE)) {
      assertThat(fake(lease)).isNotIn(spoilt, dirty);
    }
    assertThat(spoilt.alive() || dirty.alive()).isFalse();
  }

  @Test
  void anOfficeThatTheBorrowersCleaningRefusesIsReplaced() throws Exception {
    cleaning = _ -> false;
    var pool = pool(1, 0);
    FakeOffice first;
    try (var lease = pool.lease("acme", PATIENCE)) {
      first = fake(lease);
    }
    try (var lease = pool.lease("acme", PATIENCE)) {
      assertThat(fake(lease)).isNotSameAs(first);
    }
  }

  @Test
  void aWornOfficeGoesOnlyOnceItsReplacementIsReady() throws Exception {
    var pool = pool(1, 1);
    var first = useThreeTimes(pool);
    // the standby was ready, so the worn one went; the next may not go before another is there
    assertThat(Basic.becomesTrue(() -> !first.alive() && ready(pool) == 2)).isTrue();
    offices.gate = new CountDownLatch(1);
    var second = useThreeTimes(pool);
    assertThat(Basic.becomesTrue(() -> !second.alive())).isTrue();
    var third = useThreeTimes(pool);
    assertThat(third.alive()).isTrue();
    try (var lease = pool.lease("acme", PATIENCE)) {
      assertThat(fake(lease)).isSameAs(third); // worn, but the only one
    }
    offices.gate.countDown();
    assertThat(Basic.becomesTrue(() -> !third.alive())).isTrue();
  }

  private FakeOffice useThreeTimes(OfficePool pool) throws Exception {
    FakeOffice office = null;
    for (var use = 0; use < 3; use++) {
      try (var lease = pool.lease("acme", PATIENCE)) {
        assertThat(office).isIn(null, fake(lease));
        office = fake(lease);
      }
      var expected = use + 1;
      var used = java.util.Objects.requireNonNull(office);
      assertThat(Basic.becomesTrue(() -> used.cleanings.get() >= expected)).isTrue();
      assertThat(Basic.becomesTrue(() -> !used.alive() || ready(pool) >= 1)).isTrue();
    }
    return java.util.Objects.requireNonNull(office);
  }

  @Test
  void anOldOfficeAndALargeOneAreReplaced() throws Exception {
    var pool = pool(1, 1);
    var first = offices.started.getFirst();
    var second = offices.started.get(1);
    turn(pool, Duration.ofHours(71));
    try (var lease = pool.lease("acme", PATIENCE)) {
      fake(lease).memoryBytes = 2L << 30;
    }
    assertThat(Basic.becomesTrue(() -> first.alive() != second.alive() && ready(pool) == 2))
        .isTrue();
    turn(pool, Duration.ofHours(1));
    assertThat(Basic.becomesTrue(() -> !first.alive() && !second.alive() && ready(pool) == 2))
        .isTrue();
  }

  @Test
  void anIdleOfficeThatEndsOrDoesNotAnswerIsReplaced() throws Exception {
    var pool = pool(1, 0);
    var silent = offices.started.getFirst();
    silent.answers = false;
    turn(pool, Duration.ofSeconds(5));
    assertThat(Basic.becomesTrue(() -> !silent.alive() && ready(pool) == 1)).isTrue();
    offices.started.get(1).crash();
    assertThat(Basic.becomesTrue(() -> pool.snapshot().getFirst().phase().equals("STARTING")))
        .isTrue();
    turn(pool, Duration.ofMillis(500));
    assertThat(Basic.becomesTrue(() -> ready(pool) == 1)).isTrue();
  }

  @Test
  void startsThatFailAreTriedAgainAfterLongerAndLongerPauses() throws Exception {
    var pool = pool(1, 0);
    offices.broken = true;
    offices.started.getFirst().crash();
    for (var pause : List.of(500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000)) {
      var before = generation(pool);
      turn(pool, Duration.ofMillis(pause - 1));
      turn(pool, Duration.ofMillis(1));
      assertThat(Basic.becomesTrue(() -> generation(pool) > before)).isTrue();
    }
    assertThatThrownBy(() -> pool.lease("acme", Duration.ZERO))
        .isInstanceOf(OfficeFailure.AllBusy.class)
        .hasMessageContaining("broken");
    offices.broken = false;
    turn(pool, Duration.ofSeconds(30));
    pool.lease("acme", PATIENCE).close();
  }

  private static int generation(OfficePool pool) {
    var name = pool.snapshot().getFirst().name();
    return Integer.parseInt(name.substring(name.indexOf('.') + 1));
  }

  @Test
  void aPoolWhoseFirstOfficeDoesNotStartDoesNotStart() {
    offices.broken = true;
    var pool = unstarted(2, 1, OfficePool.Reuse.TENANT);
    assertThatThrownBy(pool::start).isInstanceOf(OfficeFailure.NotStarted.class);
  }

  @Test
  void anOfficeThatCannotBePreparedIsNotOffered() {
    preparation =
        _ -> {
          throw new IllegalStateException("no library");
        };
    var pool = unstarted(1, 0, OfficePool.Reuse.TENANT);
    assertThatThrownBy(pool::start)
        .isInstanceOf(OfficeFailure.NotStarted.class)
        .hasMessageContaining("no library");
  }

  @Test
  void anOfficeThatHangsWhileItIsCleanedIsKilledAndReplaced() throws Exception {
    var hung = new CountDownLatch(1);
    cleaning =
        office -> {
          hung.countDown();
          var gone = new CountDownLatch(1);
          ((FakeOffice) office).onExit(gone::countDown);
          gone.await();
          return true;
        };
    var pool = pool(1, 0);
    FakeOffice first;
    try (var lease = pool.lease("acme", PATIENCE)) {
      first = fake(lease);
    }
    hung.await();
    first.kill(Office.Death.RETIRED); // as the watchdog does
    pool.lease("acme", PATIENCE).close();
    assertThat(offices.started).hasSizeGreaterThan(1);
  }

  @Test
  void closingKillsLeasedOfficesAndSendsWaitersAway() throws Exception {
    var pool = pool(1, 1);
    var lease = pool.lease("acme", PATIENCE);
    var waiting = inBackground(() -> pool.lease("acme", PATIENCE));
    assertThat(Basic.becomesTrue(() -> pool.waiting() == 1)).isTrue();
    pool.close();
    pool.close();
    assertThat(fake(lease).alive()).isFalse();
    assertThat(waiting)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableThat()
        .withCauseInstanceOf(OfficeFailure.Stopped.class);
    lease.close();
    lease.close();
    assertThatThrownBy(() -> pool.lease("acme", PATIENCE))
        .isInstanceOf(OfficeFailure.Stopped.class);
  }

  @Test
  void closingBeforeStartingIsHarmless() {
    unstarted(1, 1, OfficePool.Reuse.TENANT).close();
  }

  @Test
  void oneOfficeIsKeptFreshForTheNextTenant() throws Exception {
    var pool = pool(1, 1);
    pool.lease("acme", PATIENCE).close();
    pool.lease("other", PATIENCE).close();
    assertThat(Basic.becomesTrue(() -> ready(pool) == 2)).isTrue();
    assertThat(pool.snapshot()).allMatch(office -> office.tenant().isPresent());
    turn(pool, Duration.ofSeconds(5));
    assertThat(
            Basic.becomesTrue(() ->
                ready(pool) == 2
                    && pool.snapshot().stream().anyMatch(each -> each.tenant().isEmpty())))
        .isTrue();
  }

  private static <T> CompletableFuture<T> inBackground(java.util.concurrent.Callable<T> work) {
    var done = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
