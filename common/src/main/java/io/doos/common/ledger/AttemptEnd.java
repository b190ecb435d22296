package io.doos.common.ledger;

/** How an attempt ended without a status: what {@code end-<n>.json} says. */
public enum AttemptEnd {
  /** The office died under the job; counts toward the job's attempts. */
  OFFICE_CRASHED,
  /** The worker was told to stop and gave the job back; charged to nobody. */
  HANDED_BACK,
  /** The worker lost its delivery and stopped the job; charged to nobody. */
  LINK_LOST
}
