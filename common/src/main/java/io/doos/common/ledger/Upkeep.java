package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.ObjectStore.StoredObject;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a janitor does to the ledger's objects: it ends what expired, finishes what somebody died
 * over, and removes what has had its time. Each step may be repeated, by any number of janitors at
 * once.
 *
 * <p>Ages are measured by the store's clock alone: its listings tell when an object was written,
 * and the caller gives the store's own present time. So no clock of a gateway or worker can make
 * anybody's job look old.
 */
public final class Upkeep {

  /** How late a worker's end may be written after the longest run. */
  private static final Duration LATENESS = Duration.ofMinutes(2);

  /** Between a ticket's burial and its reuse: longer than anybody is at a single step. */
  private static final Duration REST = Duration.ofHours(1);

  private final ObjectStore store;
  private final Records records;
  private final Attempts attempts;
  private final Endings endings;
  private final InstantSource clock;
  private final JobLedger.Rules rules;

  Upkeep(
      ObjectStore store,
      Records records,
      Attempts attempts,
      Endings endings,
      InstantSource clock,
      JobLedger.Rules rules) {
    this.store = store;
    this.records = records;
    this.attempts = attempts;
    this.endings = endings;
    this.clock = clock;
    this.rules = rules;
  }

  /**
   * Looks after a job whose record was listed, and ends it if its time has passed.
   *
   * @param recordedAt when its {@code job.json} was written
   * @param now the store's time
   * @throws LedgerDamaged when it cannot be read; nothing is done to it then
   */
  public OpenJob lookAfter(Ticket ticket, Instant recordedAt, Instant now) throws StoreFailure {
    var job = records.job(ticket);
    if (job.isEmpty()) {
      return new OpenJob.Over();
    }
    var history = History.of(store, ticket);
    if (history.hasVerdict()) {
      return finish(ticket);
    }
    var heldSince = history.heldSince();
    var lostAt =
        heldSince == null ? now : heldSince.plus(attempts.longest(job.get())).plus(LATENESS);
    if (now.isBefore(lostAt)) {
      return new OpenJob.Held();
    }
    if (Endings.isExpired(job.get(), earlier(now, clock.instant()))) {
      return expired(job.get());
    }
    if (heldSince != null) {
      return new OpenJob.Lost(job.get(), lostAt);
    }
    var endedAt = history.endedAt();
    return new OpenJob.Waiting(job.get(), endedAt == null ? recordedAt : endedAt);
  }

  /**
   * Looks after what a full listing found under one ticket: an ended job is buried after its
   * retention, a tombstone removed after its time.
   *
   * @param found all objects below {@link Keys#output}
   * @param now the store's time
   * @throws LedgerDamaged when its status cannot be read; nothing is done to it then
   */
  public void sweep(Ticket ticket, List<StoredObject> found, Instant now) throws StoreFailure {
    var status =
        found.stream().filter(object -> object.key().equals(Keys.status(ticket))).findFirst();
    if (status.isEmpty()) {
      sweepLatecomers(ticket, found, now);
    } else if (isOld(status.get(), now) || mayBeTombstone(status.get())) {
      var verdict = records.verdict(ticket);
      if (verdict.isPresent()) {
        sweep(ticket, verdict.get(), status.get(), found.size() == 1, now);
      }
    }
  }

  private void sweep(
      Ticket ticket, Verdict verdict, StoredObject status, boolean isAlone, Instant now)
      throws StoreFailure {
    switch (verdict) {
      case Verdict.Final end -> {
        if (isOld(status, now)) {
          endings.bury(ticket, end.job(), status.modifiedAt());
        }
      }
      case Verdict.Tombstone stone -> {
        if (!isAlone) {
          endings.removeRemains(ticket); // of a delete that broke off, or a worker that came late
        } else if (now.isAfter(stone.keepUntil())
            && now.isAfter(status.modifiedAt().plus(REST))
            && records.job(ticket).isEmpty()) {
          store.delete(status.key());
        }
      }
    }
  }

  /** The bundle of an open job; empty when it has none, or is not open. */
  public Optional<String> bundleOf(Ticket ticket) throws StoreFailure {
    return records
        .job(ticket)
        .flatMap(job -> Optional.ofNullable(job.message().bundle()))
        .map(bundle -> bundle.object());
  }

  private OpenJob finish(Ticket ticket) throws StoreFailure {
    var verdict = records.verdict(ticket);
    if (verdict.isPresent()) {
      endings.tidy(ticket, verdict.get());
    }
    return new OpenJob.Over();
  }

  private OpenJob expired(JobRecord job) throws StoreFailure {
    return endings.expire(job) instanceof Commit.Committed(var status)
        ? new OpenJob.Expired(job, status)
        : new OpenJob.Over();
  }

  /** What is left over from a worker that thawed when even the tombstone was gone. */
  private void sweepLatecomers(Ticket ticket, List<StoredObject> found, Instant now)
      throws StoreFailure {
    if (found.stream().allMatch(object -> isOld(object, now)) && records.find(ticket).isEmpty()) {
      for (var object : found) {
        store.delete(object.key());
      }
    }
  }

  private boolean isOld(StoredObject object, Instant now) {
    return now.isAfter(object.modifiedAt().plus(rules.retention()));
  }

  private static boolean mayBeTombstone(StoredObject status) {
    return status.bytes() <= Verdict.Tombstone.MAX_BYTES;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
