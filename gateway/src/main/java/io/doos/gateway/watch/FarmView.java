package io.doos.gateway.watch;

import io.doos.common.crew.Roster;
import io.doos.common.job.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The farm at a moment, as this gateway knows it.
 *
 * @param since when it began to listen
 * @param dead messages in {@code doos.dead}; empty while the broker cannot be asked
 * @param latency of the jobs that ended in the last hour; empty when none did
 * @param remembered jobs that it took or whose end it heard of, as far as it remembers them
 */
public record FarmView(
    Instant at,
    Instant since,
    List<PoolView> pools,
    List<Roster.Heard> workers,
    OptionalLong dead,
    List<Minute> lastHour,
    Optional<Latency> latency,
    int remembered) {

  /**
   * A pool.
   *
   * @param waiting messages in its queue; empty while the broker cannot be asked, or knows none
   * @param oldest age of its oldest job that no worker has begun
   */
  public record PoolView(Pool pool, OptionalLong waiting, Optional<Duration> oldest) {}

  /**
   * How many jobs ended in a minute.
   *
   * @param failed all that did not end done
   */
  public record Minute(Instant begin, int done, int failed) {}

  /** From submission to end. */
  public record Latency(Duration p50, Duration p95, Duration p99, int jobs) {

    static Optional<Latency> of(List<Duration> sorted) {
      return sorted.isEmpty()
          ? Optional.empty()
          : Optional.of(new Latency(at(sorted, 50), at(sorted, 95), at(sorted, 99), sorted.size()));
    }

    private static Duration at(List<Duration> sorted, int percent) {
      return sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1));
    }
  }

  public FarmView {
    pools = List.copyOf(pools);
    workers = List.copyOf(workers);
    lastHour = List.copyOf(lastHour);
  }
}
