package io.doos.worker.run;

import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Ending;

/** One try at a claimed job: the seam between the life of a job and what is done for it. */
public interface Attempt {

  /**
   * Does the job's work and puts its result into the store, not yet visible.
   *
   * @throws StoppedException when {@code running} was stopped; nothing that was done may become
   *     visible
   */
  Report run(Begin.Claimed claimed, RunningJob running)
      throws StoppedException, InterruptedException;

  /** What an attempt came to. */
  sealed interface Report {}

  /** The job should end so. */
  record Ran(Ending ending) implements Report {}

  /**
   * The office died under it, by itself.
   *
   * @param ifLast how the job should end if it may not be tried again
   */
  record OfficeDied(Ending ifLast) implements Report {}
}
