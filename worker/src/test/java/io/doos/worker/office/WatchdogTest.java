package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.office.FakeOffices.FakeOffice;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private final HandClock clock = new HandClock();
  private final FakeOffice office = new FakeOffice("office-0.1");
  private final Watchdog watchdog =
      new Watchdog(
          new Watchdog.Settings(
              Duration.ofSeconds(5), 0.1, 1, new Allowance(100, Duration.ofMinutes(1), 1000)),
          clock);

  private void pass(Duration time, Duration cpu) {
    clock.turn(time);
    office.cpuTime = office.cpuTime.plus(cpu);
    office.memoryBytes = 50;
    watchdog.look(true);
  }

  @Test
  void anIdleOfficeIsKilledAtItsLimit() {
    try (var guard = watchdog.guard(office, Duration.ofSeconds(30))) {
      pass(Duration.ofSeconds(29), Duration.ofMillis(100));
      assertThat(office.death()).isEqualTo(Office.Death.NONE);
      pass(Duration.ofSeconds(1), Duration.ZERO);
      assertThat(office.death()).isEqualTo(Office.Death.DEADLINE);
      assertThat(guard.extensions()).isZero();
    }
  }

  @Test
  void aBusyOfficeGetsHalfItsTimeAgainOnce() {
    try (var guard = watchdog.guard(office, Duration.ofSeconds(30))) {
      pass(Duration.ofSeconds(30), Duration.ofSeconds(30));
      assertThat(office.death()).isEqualTo(Office.Death.NONE);
      assertThat(guard.extensions()).isOne();
      assertThat(guard.limit()).isEqualTo(clock.instant().plusSeconds(15));
      pass(Duration.ofMillis(14_999), Duration.ofSeconds(14));
      assertThat(office.death()).isEqualTo(Office.Death.NONE);
      pass(Duration.ofMillis(1), Duration.ofSeconds(1));
      assertThat(office.death()).isEqualTo(Office.Death.DEADLINE);
    }
  }

  @Test
  void exactlyTheSmallestShareIsNotBusy() {
    try (var _ = watchdog.guard(office, Duration.ofSeconds(30))) {
      pass(Duration.ofSeconds(30), Duration.ofSeconds(3));
      assertThat(office.death()).isEqualTo(Office.Death.DEADLINE);
    }
  }

  @Test
  void anOfficeThatUsesTooMuchMemoryIsKilled() {
    try (var _ = watchdog.guard(office, Duration.ofSeconds(30))) {
      office.memoryBytes = 101;
      watchdog.look(true);
      assertThat(office.death()).isEqualTo(Office.Death.OUT_OF_MEMORY);
    }
  }

  @Test
  void anOfficeThatUsesTooMuchCpuTimeIsKilledBeforeItsLimit() {
    office.cpuTime = Duration.ofHours(1); // of earlier jobs
    try (var _ = watchdog.guard(office, Duration.ofHours(1))) {
      pass(Duration.ofSeconds(10), Duration.ofMinutes(1));
      assertThat(office.death()).isEqualTo(Office.Death.NONE);
      pass(Duration.ofSeconds(10), Duration.ofMillis(10));
      assertThat(office.death()).isEqualTo(Office.Death.OUT_OF_CPU_TIME);
    }
  }

  @Test
  void anOfficeThatWritesTooMuchIsKilled() {
    try (var _ = watchdog.guard(office, Duration.ofHours(1))) {
      office.memoryBytes = 50;
      office.diskBytes = 1000;
      watchdog.look(true);
      assertThat(office.death()).isEqualTo(Office.Death.NONE);
      office.diskBytes = 1001;
      watchdog.look(true);
      assertThat(office.death()).isEqualTo(Office.Death.OUT_OF_DISK);
    }
  }

  @Test
  void anOfficeWhoseGuardIsClosedIsLeftAlone() {
    watchdog.guard(office, Duration.ofSeconds(30)).close();
    pass(Duration.ofHours(1), Duration.ZERO);
    assertThat(office.death()).isEqualTo(Office.Death.NONE);
  }

  @Test
  void itsThreadKillsAtTheLimitByItself() {
    try (var running = new Watchdog(Watchdog.Settings.standard(), InstantSource.system())) {
      running.start();
      try (var _ = running.guard(office, Duration.ofMillis(20))) {
        assertThat(Basic.becomesTrue(() -> !office.alive())).isTrue();
      }
      assertThat(office.death()).isEqualTo(Office.Death.DEADLINE);
    }
  }

  @Test
  void itMayBeClosedTwiceAndBeforeItsStart() {
    watchdog.close();
    watchdog.close();
    watchdog.start();
    watchdog.close();
  }
}
