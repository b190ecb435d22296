package io.doos.common.ledger;

import io.doos.common.status.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the farm knows of a job.
 *
 * @param job what was submitted; null where its message could not be read
 * @param tries the attempts at it, oldest first
 */
public record Dossier(Status status, @Nullable JobRecord job, List<Try> tries) {

  /**
   * An attempt.
   *
   * @param worker who claimed it
   * @param end how it ended without a status of the job; empty for one that runs, gave the job its
   *     end, or vanished
   */
  public record Try(int attempt, String worker, Instant claimedAt, Optional<End> end) {}

  /** How a try ended, and when. */
  public record End(AttemptEnd how, Instant at) {}

  public Dossier {
    tries = List.copyOf(tries);
  }
}
