package io.doos.worker.engine;

import io.doos.common.status.JobError;
import io.doos.worker.office.Office;
import org.jspecify.annotations.Nullable;

/** What came of a task. */
public sealed interface EngineResult {

  /**
   * The work is done; the output folder holds what it made.
   *
   * @param returned what the macro's function returned, as text of at most 4 KiB, or null
   */
  record Finished(@Nullable String returned) implements EngineResult {}

  /** The job's own fault. */
  record Failed(JobError error) implements EngineResult {}

  /** The office died under the work. */
  record OfficeLost(Office.Death death) implements EngineResult {}
}
