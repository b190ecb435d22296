package io.doos.gateway.watch;

import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.Keys;
import io.doos.common.status.State;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.ObjectStore.StoredObject;
import io.doos.common.store.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for the oldest job of each pool that no worker has begun: a listing of the open jobs, and a
 * look at the oldest of them. No broker tells the age of what waits in a queue.
 */
final class OldestJobs {

  /** Of more open jobs than these only so many are listed: what is told is then a lower bound. */
  private static final int MOST_LISTED = 20_000;

  /** Jobs at workers come first, being older; more than these at the head are not looked past. */
  private static final int MOST_READ = 64;

  private final ObjectStore store;
  private final JobLedger ledger;

  OldestJobs(ObjectStore store, JobLedger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  /** When the oldest waiting job of each of {@code pools} was submitted; those that have one. */
  Map<Pool, Instant> submitted(Set<Pool> pools) throws StoreFailure {
    var oldest = new HashMap<Pool, Instant>();
    for (var ticket : openByAge()) {
      if (oldest.keySet().containsAll(pools)) {
        break;
      }
      var found = ledger.dossier(ticket);
      if (found.isPresent() && found.get().status().state() == State.ENQUEUED) {
        var job = found.get().job();
        if (job != null) {
          oldest.putIfAbsent(job.pool(), job.message().submittedAt());
        }
      }
    }
    return oldest;
  }

  private List<Ticket> openByAge() throws StoreFailure {
    var listed = new ArrayList<StoredObject>();
    store.<RuntimeException>walk(
        Keys.INPUTS,
        object -> {
          listed.add(object);
          return listed.size() < MOST_LISTED;
        });
    return listed.stream()
        .sorted(Comparator.comparing(StoredObject::modifiedAt))
        .flatMap(object -> Keys.ticketIn(object.key()).stream())
        .limit(MOST_READ)
        .collect(Collectors.toList());
  }
}
