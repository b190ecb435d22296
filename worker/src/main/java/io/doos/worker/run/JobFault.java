package io.doos.worker.run;

import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;

/** The job itself is at fault and fails for good; trying again would not help. */
final class JobFault extends Exception {

  private final transient JobError error;

  JobFault(ErrorCode code, String message) {
    super(message);
    this.error = JobError.of(code, message);
  }

  JobError error() {
    return error;
  }
}
