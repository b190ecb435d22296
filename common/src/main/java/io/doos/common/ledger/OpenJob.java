package io.doos.common.ledger;

import io.doos.common.status.Status;
import java.time.Instant;

/** What a janitor finds a job to be whose record says that it is open. Times are the store's. */
public sealed interface OpenJob {

  /** It is not: it has ended. What was left of it is gone now. */
  record Over() implements OpenJob {}

  /** Its time had passed before anybody began it; it has ended now, and nobody was told yet. */
  record Expired(JobRecord job, Status status) implements OpenJob {}

  /** A worker is at it, or may be. */
  record Held() implements OpenJob {}

  /** Nobody has it, and a message for it should be in its queue. */
  record Waiting(JobRecord job, Instant since) implements OpenJob {}

  /** A worker had it and is gone, and so is the message, or the broker would have sent it again. */
  record Lost(JobRecord job, Instant since) implements OpenJob {}
}
