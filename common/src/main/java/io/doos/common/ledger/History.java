package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Json;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.util.HashSet;

/**
 * What the attempts at a job came to so far.
 *
 * @param newest the number of the newest claim, 0 when there is none
 * @param crashed how many took their office down
 * @param lost how many vanished: claimed, and never ended
 */
record History(int newest, int crashed, int lost, boolean hasVerdict) {

  static History of(ObjectStore store, Ticket ticket) throws StoreFailure {
    var claims = new HashSet<Integer>();
    var ends = new HashSet<Integer>();
    boolean hasVerdict = false;
    int crashed = 0;
    for (var object : store.list(Keys.output(ticket))) {
      Keys.claimIn(object.key()).ifPresent(claims::add);
      hasVerdict |= object.key().equals(Keys.status(ticket));
      var end = Keys.endIn(object.key());
      if (end.isPresent()) {
        ends.add(end.getAsInt());
        crashed += isCrash(store, object.key()) ? 1 : 0;
      }
    }
    int newest = claims.stream().mapToInt(Integer::intValue).max().orElse(0);
    claims.removeAll(ends);
    return new History(newest, crashed, claims.size(), hasVerdict);
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
