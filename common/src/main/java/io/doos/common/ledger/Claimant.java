package io.doos.common.ledger;

import java.util.UUID;

/**
 * Who claims a job, for the length of one delivery.
 *
 * @param worker the worker's name, as statuses show it
 * @param id unlike any other delivery's: by it a claim is known again of which the store's answer
 *     was lost, so that trying again is not charged as an attempt
 */
public record Claimant(String worker, String id) {

  /** A claimant for a new delivery. */
  public static Claimant of(String worker) {
    return new Claimant(worker, UUID.randomUUID().toString());
  }
}
