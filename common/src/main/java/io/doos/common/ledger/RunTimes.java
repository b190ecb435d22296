package io.doos.common.ledger;

import io.doos.common.job.JobMessage;
import java.time.Duration;

/**
 * How long a worker may be at a job that it claimed, by the farm's settings.
 *
 * @param timeout for jobs that ask for none
 * @param maxTimeout the most that a job gets when it asks
 * @param maxExtensions how often a busy job gets half its timeout again
 * @param stage how many jobs a worker claims beyond those that its offices run
 */
public record RunTimes(Duration timeout, Duration maxTimeout, int maxExtensions, int stage) {

  /** What the settings are by default. */
  public static final RunTimes DEFAULT =
      new RunTimes(Duration.ofSeconds(30), Duration.ofMinutes(10), 1, 2);

  /**
   * The longest that an attempt may take from its claim to its end: its own run, after those of as
   * many others as may wait before it for the worker's only office.
   */
  Duration longest(JobMessage job) {
    var asked = job.limits().timeout();
    var own = asked == null ? timeout : asked;
    return extended(own.compareTo(maxTimeout) < 0 ? own : maxTimeout)
        .plus(extended(maxTimeout).multipliedBy(stage));
  }

  private Duration extended(Duration run) {
    return run.plus(run.dividedBy(2).multipliedBy(maxExtensions));
  }
}
