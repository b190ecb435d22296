package io.doos.common.janitor;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.Keys;
import io.doos.common.ledger.LedgerDamaged;
import io.doos.common.ledger.Upkeep;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.ObjectStore.StoredObject;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duty of each day: goes through all that the farm keeps and removes what has had its time. No
 * more of a listing is held than a page, the objects of one ticket, and so many bundles. For use by
 * one thread.
 */
final class FullListing implements Duty {

  private static final Logger log = LoggerFactory.getLogger(FullListing.class);
  private static final int BUNDLES_AT_ONCE = 10_000;

  private final ObjectStore store;
  private final Upkeep upkeep;
  private final Duration bundleLife;

  /**
   * @param bundleLife after this only an open job can still need a bundle
   */
  FullListing(ObjectStore store, Upkeep upkeep, Duration bundleLife) {
    this.store = store;
    this.upkeep = upkeep;
    this.bundleLife = bundleLife;
  }

  @Override
  public void perform(Rota.Turn turn) throws StoreFailure, InterruptedException {
    log.info("Looking for jobs and bundles that have had their time");
    sweepOutputs(turn);
    sweepBundles(turn);
  }

  private void sweepOutputs(Rota.Turn turn) throws StoreFailure, InterruptedException {
    var group = new Group(turn.now());
    store.<InterruptedException>walk(
        Keys.OUTPUTS,
        object -> {
          group.add(object);
          return goesOn(turn);
        });
    group.finish();
  }

  private static boolean goesOn(Rota.Turn turn) throws StoreFailure, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return turn.goesOn();
  }

  /** Gathers what lies side by side under one ticket. */
  private final class Group {
    private final Instant now;
    private final List<StoredObject> objects = new ArrayList<>();
    private @Nullable Ticket ticket;

    Group(Instant now) {
      this.now = now;
    }

    void add(StoredObject object) throws StoreFailure {
      var its = Keys.ticketIn(object.key());
      if (its.isPresent() && !its.get().equals(ticket)) {
        finish();
        ticket = its.get();
      }
      if (its.isPresent()) {
        objects.add(object);
      }
    }

    void finish() throws StoreFailure {
      if (ticket != null) {
        try {
          upkeep.sweep(ticket, objects, now);
        } catch (LedgerDamaged e) {
          log.error("Job {} is left alone: {}", ticket, e.getMessage());
        }
      }
      objects.clear();
    }
  }

  /** An upload is there before its job; so only old ones are looked at, in heaps that fit. */
  private void sweepBundles(Rota.Turn turn) throws StoreFailure, InterruptedException {
    var old = new HashSet<String>();
    store.<InterruptedException>walk(
        Keys.BUNDLES,
        object -> {
          if (turn.now().isAfter(object.modifiedAt().plus(bundleLife))) {
            old.add(object.key());
          }
          if (old.size() == BUNDLES_AT_ONCE) {
            removeUnneeded(old, turn);
            old.clear();
          }
          return goesOn(turn);
        });
    removeUnneeded(old, turn);
  }

  /** Answers whether the job could be read: one that cannot may need any of them. */
  private boolean keep(Set<String> bundles, Ticket ticket) throws StoreFailure {
    try {
      upkeep.bundleOf(ticket).ifPresent(bundles::remove);
      return true;
    } catch (LedgerDamaged e) {
      log.error("No bundles are removed while a job cannot be read: {}", e.getMessage());
      return false;
    }
  }

  private void removeUnneeded(Set<String> bundles, Rota.Turn turn)
      throws StoreFailure, InterruptedException {
    if (bundles.isEmpty()) {
      return;
    }
    var isWhole = new boolean[] {true};
    store.<InterruptedException>walk(
        Keys.INPUTS,
        object -> {
          var ticket = Keys.ticketIn(object.key());
          isWhole[0] = goesOn(turn);
          if (ticket.isPresent()) {
            isWhole[0] &= keep(bundles, ticket.get());
          }
          return isWhole[0];
        });
    if (isWhole[0]) {
      for (var bundle : bundles) {
        store.delete(bundle);
      }
      log.info("Removed {} bundles that no job has", bundles.size());
    }
  }
}
