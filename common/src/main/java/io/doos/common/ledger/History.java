package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Json;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts at a job came to so far. All times are the store's.
 *
 * @param newest the number of the newest claim, 0 when there is none
 * @param heldSince when the newest claim was made, of which no end was told; null when none is so
 * @param endedAt when the newest claim's end was told, null when it was not
 * @param crashed how many took their office down
 * @param lost how many vanished: claimed, and never ended
 */
record History(
    int newest,
    @Nullable Instant heldSince,
    @Nullable Instant endedAt,
    int crashed,
    int lost,
    boolean hasVerdict) {

  static History of(ObjectStore store, Ticket ticket) throws StoreFailure {
    Map<Integer, Instant> claims = new HashMap<>();
    Map<Integer, Instant> ends = new HashMap<>();
    boolean hasVerdict = false;
    int crashed = 0;
    for (var object : store.list(Keys.output(ticket))) {
      Keys.claimIn(object.key()).ifPresent(n -> claims.put(n, object.modifiedAt()));
      hasVerdict |= object.key().equals(Keys.status(ticket));
      var end = Keys.endIn(object.key());
      if (end.isPresent()) {
        ends.put(end.getAsInt(), object.modifiedAt());
        crashed += isCrash(store, object.key()) ? 1 : 0;
      }
    }
    int newest = claims.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    int lost = (int) claims.keySet().stream().filter(n -> !ends.containsKey(n)).count();
    var endedAt = ends.get(newest);
    var heldSince = endedAt == null ? claims.get(newest) : null;
    return new History(newest, heldSince, endedAt, crashed, lost, hasVerdict);
  }

  private static boolean isCrash(ObjectStore store, String key) throws StoreFailure {
    var json = store.read(key);
    try {
      return json.isPresent()
          && Json.fields(json.get()).text("how").equals(AttemptEnd.OFFICE_CRASHED.name());
    } catch (BadJsonException e) {
      throw new LedgerDamaged(key, e);
    }
  }
}
