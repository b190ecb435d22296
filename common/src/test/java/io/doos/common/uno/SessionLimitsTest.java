package io.doos.common.uno;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {

  private static final Instant BEGAN = Instant.EPOCH;
  private static final SessionLimits LIMITS =
      new SessionLimits(Duration.ofMinutes(10), Duration.ofMinutes(1));

  @Test
  void aSessionEndsWhenNothingWasSaidForTooLong() {
    var last = BEGAN.plusSeconds(30);
    assertThat(LIMITS.reached(BEGAN, last, last.plusSeconds(59))).isEmpty();
    assertThat(LIMITS.reached(BEGAN, last, last.plusSeconds(60))).contains(SessionEnd.IDLE);
  }

  @Test
  void aSessionEndsAtItsLimitThoughItIsBusy() {
    var now = BEGAN.plusSeconds(600);
    assertThat(LIMITS.reached(BEGAN, now, now.minusMillis(1))).isEmpty();
    assertThat(LIMITS.reached(BEGAN, now, now)).contains(SessionEnd.TOO_LONG);
  }
}
