package io.doos.worker.office;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a job may still run; pure.
 *
 * @param timeout what it was given
 * @param since when the time that is judged at the limit began
 * @param limit when it is judged
 * @param cpuAtSince what the office had used at {@code since}
 * @param extensions how often it was given more
 */
record Watch(Duration timeout, Instant since, Instant limit, Duration cpuAtSince, int extensions) {

  /**
   * When a job at its limit gets half its timeout again.
   *
   * @param minCpu the share of the time that its office must have used CPU, from 0 to 1
   * @param maxExtensions how often at most
   */
  record Rule(double minCpu, int maxExtensions) {
    /** Never. */
    static final Rule STRICT = new Rule(1, 0);
  }

  /** What is to be done. */
  sealed interface Verdict {}

  record Wait() implements Verdict {}

  record Extend(Watch to) implements Verdict {}

  record Kill() implements Verdict {}

  static Watch begin(Instant now, Duration timeout, Duration cpu) {
    return new Watch(timeout, now, now.plus(timeout), cpu, 0);
  }

  Verdict judge(Instant now, Duration cpu, Rule rule) {
    if (now.isBefore(limit)) {
      return new Wait();
    }
    var used = cpu.minus(cpuAtSince).toNanos();
    var passed = Duration.between(since, now).toNanos();
    if (extensions < rule.maxExtensions() && used > rule.minCpu() * passed) {
      return new Extend(
          new Watch(timeout, now, limit.plus(timeout.dividedBy(2)), cpu, extensions + 1));
    }
    return new Kill();
  }
}
