package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a pool promises, whatever its offices are. */
interface OfficePoolContract {

  Duration PATIENCE = Duration.ofSeconds(60);

  OfficeSource source();

  /** Runs {@code use} with a started pool of two offices and a standby. */
  private void with(Preparation preparation, Use use) throws Exception {
    var settings =
        new OfficePool.Settings(
            2,
            1,
            OfficePool.Reuse.TENANT,
            100,
            Duration.ofHours(1),
            1L << 30,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
    try (var watchdog = new Watchdog(Watchdog.Settings.standard(), InstantSource.system())) {
      watchdog.start();
      var upkeep =
          new Upkeep(source(), watchdog, preparation, Cleaning.NONE, settings.upkeepTimeout());
      try (var pool = new OfficePool(settings, upkeep, InstantSource.system())) {
        pool.start();
        use.of(pool);
      }
    }
  }

  /** What a test does with a pool. */
  interface Use {
    void of(OfficePool pool) throws Exception;
  }

  @Test
  default void aLeasedOfficeIsPreparedAndLives() throws Exception {
    var prepared = new AtomicInteger();
    with(
        _ -> prepared.incrementAndGet(),
        pool -> {
          try (var lease = pool.lease("acme", PATIENCE)) {
            assertThat(prepared).hasPositiveValue();
            assertThat(lease.office().death()).isEqualTo(Office.Death.NONE);
            assertThat(lease.office().memoryBytes()).isPositive();
          }
        });
  }

  @Test
  default void twoAreLentAtTheSameTimeAndNotAThird() throws Exception {
    with(
        Preparation.NONE,
        pool -> {
          try (var one = pool.lease("acme", PATIENCE);
              var other = pool.lease("other", PATIENCE)) {
            assertThat(one.office().name()).isNotEqualTo(other.office().name());
            assertThatThrownBy(() -> pool.lease("third", Duration.ZERO))
                .isInstanceOf(OfficeFailure.AllBusy.class);
          }
        });
  }

  @Test
  default void anOfficeKilledByItsBorrowerIsReplaced() throws Exception {
    with(
        Preparation.NONE,
        pool -> {
          for (var round = 0; round < 4; round++) {
            try (var lease = pool.lease("acme", PATIENCE)) {
              assertThat(lease.office().death()).isEqualTo(Office.Death.NONE);
              lease.office().kill(Office.Death.WITHDRAWN);
              assertThat(lease.office().death()).isEqualTo(Office.Death.WITHDRAWN);
            }
          }
        });
  }

  @Test
  default void anOfficeServesATenantAgainAndAgain() throws Exception {
    with(
        Preparation.NONE,
        pool -> {
          for (var round = 0; round < 20; round++) {
            try (var lease = pool.lease("acme", PATIENCE)) {
              assertThat(lease.office().death()).isEqualTo(Office.Death.NONE);
            }
          }
          assertThat(pool.snapshot()).allMatch(office -> office.name().endsWith(".1"));
        });
  }
}
