package io.doos.common.ledger;

import io.doos.common.job.JobMessage;
import java.time.Duration;

/**
 * How long a worker may be at a job, by the farm's settings.
 *
 * @param timeout for jobs that ask for none
 * @param maxTimeout the most that a job gets when it asks
 * @param maxExtensions how often a busy job gets half its timeout again
 * @param maxAttempts how many offices a job may take down, each after a run of its own
 * @param stage how many jobs a worker claims beyond those that its offices run
 */
public record RunTimes(
    Duration timeout, Duration maxTimeout, int maxExtensions, int maxAttempts, int stage) {

  /** What the settings are by default. */
  public static final RunTimes DEFAULT =
      new RunTimes(Duration.ofSeconds(30), Duration.ofMinutes(10), 1, 2, 2);

  /**
   * The longest that an attempt may take from its claim to its end: its own run, after all those of
   * as many others as may wait before it for the worker's only office.
   */
  Duration longest(JobMessage job) {
    var asked = job.limits().timeout();
    var own = asked == null ? timeout : asked;
    return extended(own.compareTo(maxTimeout) < 0 ? own : maxTimeout).plus(staged(1));
  }

  /**
   * The longest that a job may be in a worker's hand, without a fault of store or broker: all its
   * attempts, after all those of the jobs that may wait before it.
   *
   * @param offices how many the worker has
   */
  public Duration longestInHand(int offices) {
    return allAttempts().plus(staged(offices));
  }

  private Duration staged(int offices) {
    return allAttempts().multipliedBy(Math.ceilDiv(stage, offices));
  }

  private Duration allAttempts() {
    return extended(maxTimeout).multipliedBy(maxAttempts);
  }

  private Duration extended(Duration run) {
    return run.plus(run.dividedBy(2).multipliedBy(maxExtensions));
  }
}
