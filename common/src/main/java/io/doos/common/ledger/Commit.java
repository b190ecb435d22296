package io.doos.common.ledger;

import io.doos.common.status.Status;

/** What became of the wish to end a job. */
public sealed interface Commit {

  /** This end is the job's end, for good. */
  record Committed(Status status) implements Commit {}

  /** Somebody else ended it first, so: that is the job's end. */
  record TooLate(Status status) implements Commit {}

  /** It was deleted; nobody will ask how it ended. */
  record Deleted() implements Commit {}
}
