package io.doos.common.ledger;

import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import java.time.Instant;

/**
 * What {@code claim-<n>.json} says: who began attempt n, and when.
 *
 * @param id the {@link Claimant}'s: tells one's own claim from another's when a store answers a
 *     retried create with "exists"
 */
record Claim(String id, String worker, Instant at) {

  boolean isOf(Claimant claimant) {
    return id.equals(claimant.id());
  }

  byte[] toJson() {
    return Json.bytes(Json.object().put("id", id).put("worker", worker).put("at", at.toString()));
  }

  static Claim fromFields(Fields fields) throws BadJsonException {
    return new Claim(fields.text("id"), fields.text("worker"), fields.instant("at"));
  }
}
