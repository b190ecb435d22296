package io.doos.deploy.fault;

import io.doos.common.status.ErrorCode;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import java.util.Optional;

/** The ends that a job may come to, whatever happens to the farm. */
public enum Wanted {
  DONE,
  OFFICE_CRASHED,
  WORKER_LOST,
  CANCELLED,
  EXPIRED,
  /** Nobody knows it any more. */
  GONE,
  /** Whether it was cancelled or deleted is not known, because the answer was lost. */
  DONE_OR_WITHDRAWN;

  /** Whether {@code end} is one of them. */
  boolean is(Optional<Status> end) {
    return switch (this) {
      case DONE -> is(end, State.DONE);
      case OFFICE_CRASHED -> failed(end, ErrorCode.OFFICE_CRASHED);
      case WORKER_LOST -> failed(end, ErrorCode.WORKER_LOST);
      case CANCELLED -> is(end, State.CANCELLED);
      case EXPIRED -> is(end, State.EXPIRED);
      case GONE -> end.isEmpty();
      case DONE_OR_WITHDRAWN -> end.isEmpty() || is(end, State.DONE) || is(end, State.CANCELLED);
    };
  }

  private static boolean is(Optional<Status> end, State state) {
    return end.isPresent() && end.get().state() == state;
  }

  private static boolean failed(Optional<Status> end, ErrorCode code) {
    return end.map(Status::error).filter(error -> error.code() == code).isPresent();
  }
}
