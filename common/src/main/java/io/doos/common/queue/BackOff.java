package io.doos.common.queue;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before trying again: doubles with each failure from {@code shortest} to {@code
 * longest}, less up to half of it by chance, so that many processes do not come back at once.
 */
record BackOff(Duration shortest, Duration longest) {

  private static final int MOST_DOUBLINGS = 20;

  /**
   * @param failures in a row, from 0
   */
  Duration after(int failures) {
    var doubled = shortest.toMillis() << Math.min(failures, MOST_DOUBLINGS);
    var whole = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1));
  }
}
