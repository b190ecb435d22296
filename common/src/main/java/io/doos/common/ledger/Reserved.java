package io.doos.common.ledger;

/** What became of the wish to have a job under a ticket that its client chose. */
public sealed interface Reserved {

  /** It is recorded and wants to be published. */
  record Anew(JobRecord job) implements Reserved {}

  /** It is the job that was recorded before, which has not ended: that one counts. */
  record Before(JobRecord job) implements Reserved {}

  /** It is a job that has ended, so. */
  record Ended(Seen seen) implements Reserved {}

  /** It was a job that somebody deleted. Its ticket is not free again for a while. */
  record Deleted() implements Reserved {}
}
