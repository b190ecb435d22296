package io.doos.common.ledger;

import io.doos.common.status.Status;
import java.time.Instant;

/** What a worker may do with a delivered job. */
public sealed interface Begin {

  /**
   * Run it.
   *
   * @param attempt the number of this claim, from 1
   * @param at when it was claimed
   */
  record Claimed(JobRecord job, int attempt, Instant at) implements Begin {}

  /** It has its final status already: tell it again, then ack. */
  record Ended(Status status) implements Begin {}

  /** It was deleted: ack. */
  record Deleted() implements Begin {}

  /** Another delivery of the same job came first: ack. */
  record Duplicate() implements Begin {}
}
