package io.doos.common.uno;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a session may last, and how long it may say nothing; pure.
 *
 * @param session from its first byte to its end
 * @param idle without a byte in either direction
 */
public record SessionLimits(Duration session, Duration idle) {

  public SessionLimits {
    if (!session.isPositive() || !idle.isPositive()) {
      throw new IllegalArgumentException("limits above zero");
    }
  }

  /** Which limit a session has reached at {@code now}, if any. */
  Optional<SessionEnd> reached(Instant began, Instant lastByte, Instant now) {
    if (!now.isBefore(began.plus(session))) {
      return Optional.of(SessionEnd.TOO_LONG);
    }
    return now.isBefore(lastByte.plus(idle)) ? Optional.empty() : Optional.of(SessionEnd.IDLE);
  }

  /** How often to look so that no limit is overrun by more than a quarter, or a second. */
  Duration lookEvery() {
    var shorter = session.compareTo(idle) < 0 ? session : idle;
    var quarter = shorter.dividedBy(4);
    return quarter.compareTo(Duration.ofSeconds(1)) < 0
        ? quarter.plusMillis(1)
        : Duration.ofSeconds(1);
  }
}
