package io.doos.common.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunTimesTest {

  /** Runs of 45 s, and of 15 min where a job asks for the most; two attempts; two staged. */
  private static final RunTimes TIMES = RunTimes.DEFAULT;

  private static final Duration STAGED = Duration.ofMinutes(15).multipliedBy(2 * 2);

  @Test
  void aClaimMayWaitForAllAttemptsOfTheJobsStagedBeforeIt() {
    assertThat(TIMES.longest(job(null))).isEqualTo(STAGED.plusSeconds(45));
    assertThat(TIMES.longest(job(Duration.ofSeconds(10)))).isEqualTo(STAGED.plusSeconds(15));
  }

  @Test
  void aJobThatAsksForMoreThanTheMostGetsTheMost() {
    assertThat(TIMES.longest(job(Duration.ofHours(5)))).isEqualTo(STAGED.plusMinutes(15));
  }

  @Test
  void aJobInHandMayTakeAllItsOwnAttemptsToo() {
    assertThat(TIMES.longestInHand(1)).isEqualTo(STAGED.plusMinutes(30));
  }

  @Test
  void moreOfficesTakeTheStagedJobsSideBySide() {
    assertThat(TIMES.longestInHand(2)).isEqualTo(Duration.ofMinutes(30 + 30));
    assertThat(TIMES.longestInHand(8)).isEqualTo(Duration.ofMinutes(30 + 30));
  }

  private static JobMessage job(@Nullable Duration timeout) {
    return new JobMessage(
        new Ticket("1"),
        new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
        List.of(),
        null,
        Instant.EPOCH,
        new JobMessage.Limits(null, timeout, null),
        null);
  }
}
