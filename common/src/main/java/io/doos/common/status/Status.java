package io.doos.common.status;

import io.doos.common.job.Ticket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job is doing: what {@code GET /v1/jobs/{ticket}} answers and {@code status.json} keeps.
 *
 * @param result what it left; of a failed job what it had written until then
 * @param returned what the macro's function returned, as text, at most 4 KiB
 * @param error present in FAILED, CANCELLED and EXPIRED only
 */
public record Status(
    Ticket ticket,
    State state,
    Run run,
    Times times,
    @Nullable Result result,
    @Nullable String returned,
    @Nullable JobError error,
    @Nullable Timings timings) {

  /**
   * Who runs or ran it.
   *
   * @param attempt the number of the newest claim; 0 before the first
   * @param worker the worker's name, null before the first claim
   * @param officeVersion such as {@code 7.4.7.2}, null until known
   */
  public record Run(
      int attempt, int maxAttempts, @Nullable String worker, @Nullable String officeVersion) {}

  /** When it came in, when its newest attempt began and when it ended. */
  public record Times(
      Instant enteredAt, @Nullable Instant startedAt, @Nullable Instant finishedAt) {}

  public Status {
    if (state == State.DONE && (result == null || error != null)) {
      throw new IllegalArgumentException("a DONE job has a result and no error");
    }
    if (state.isFinal() && times.finishedAt() == null) {
      throw new IllegalArgumentException("a job in its final state has an end");
    }
    if (state.isFinal() && state != State.DONE && error == null) {
      throw new IllegalArgumentException("a job that did not end DONE says why");
    }
  }
}
