package io.doos.common.ledger;

import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Timings;
import org.jspecify.annotations.Nullable;

/**
 * How somebody wants a job to end; the ledger makes the final status of it.
 *
 * @param error null for DONE only
 */
public record Ending(
    State state,
    @Nullable JobError error,
    @Nullable Result result,
    @Nullable String returned,
    @Nullable Timings timings,
    @Nullable String officeVersion) {

  public Ending {
    if (!state.isFinal()) {
      throw new IllegalArgumentException(state + " is no end");
    }
  }

  /** An end that no run of the job brought about. */
  static Ending without(State state, ErrorCode code, String message) {
    return new Ending(state, JobError.of(code, message), null, null, null, null);
  }
}
