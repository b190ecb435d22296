package io.doos.gateway.watch;

import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.queue.JobFacts;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.status.Timings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a job that ended: little, since there may be ten thousand of them.
 *
 * @param error one line, shortened; empty where there was none
 */
public record EndedJob(
    Ticket ticket,
    State state,
    Optional<String> kind,
    Optional<Pool> pool,
    Optional<String> tenant,
    Optional<String> worker,
    int attempt,
    Instant enteredAt,
    Instant finishedAt,
    String error,
    @Nullable Timings timings)
    implements HeardJob {

  private static final int LONGEST_ERROR = 200;

  /** What an event tells; empty when the job has not ended. */
  static Optional<EndedJob> of(Status status, JobFacts facts) {
    var finishedAt = status.times().finishedAt();
    if (!status.state().isFinal() || finishedAt == null) {
      return Optional.empty();
    }
    return Optional.of(
        new EndedJob(
            status.ticket(),
            status.state(),
            facts.kind(),
            facts.pool(),
            facts.tenant(),
            Optional.ofNullable(status.run().worker()),
            status.run().attempt(),
            status.times().enteredAt(),
            finishedAt,
            status.error() == null ? "" : shortened(status.error().oneLine()),
            status.timings()));
  }

  @Override
  public Instant at() {
    return finishedAt;
  }

  /** From its submission to its end. */
  public Duration took() {
    return Duration.between(enteredAt, finishedAt);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "…";
  }
}
