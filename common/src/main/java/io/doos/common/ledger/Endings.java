package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How jobs end: by a final status, which is created once, or by a tombstone over whatever there
 * was; and what goes with them.
 */
final class Endings {

  private final ObjectStore store;
  private final Records records;
  private final Reading reading;
  private final InstantSource clock;
  private final JobLedger.Rules rules;

  Endings(
      ObjectStore store,
      Records records,
      Reading reading,
      InstantSource clock,
      JobLedger.Rules rules) {
    this.store = store;
    this.records = records;
    this.reading = reading;
    this.clock = clock;
    this.rules = rules;
  }

  /** Ends a job with what a run of it brought about; its caller tidies up. */
  Commit commit(Begin.Claimed claimed, String worker, Ending ending) throws StoreFailure {
    return commit(claimed.job(), claimed.attempt(), worker, claimed.at(), ending);
  }

  /** Ends a job for a reason that no run of it brought about. */
  Commit conclude(JobRecord job, Ending ending) throws StoreFailure {
    var before = reading.open(job);
    var commit =
        commit(
            job, before.run().attempt(), before.run().worker(), before.times().startedAt(), ending);
    if (commit instanceof Commit.Committed(var status)) {
      tidy(job, status.state());
    }
    return commit;
  }

  /** Ends a job that did not start in time. */
  Commit expire(JobRecord job) throws StoreFailure {
    var why = "It could not start before " + job.message().limits().notAfter();
    return conclude(job, Ending.without(State.EXPIRED, ErrorCode.EXPIRED, why));
  }

  /** Whether a job may not start any more at {@code now}. */
  static boolean isExpired(JobRecord job, Instant now) {
    var notAfter = job.message().limits().notAfter();
    return notAfter != null && now.isAfter(notAfter);
  }

  /** Ends a ticket of which there is no job, but a message that made no sense. */
  Optional<Status> reject(Ticket ticket, String why) throws StoreFailure {
    var now = clock.instant();
    var status =
        new Status(
            ticket,
            State.FAILED,
            new Status.Run(0, rules.maxAttempts(), null, null),
            new Status.Times(now, null, now),
            null,
            null,
            JobError.of(ErrorCode.BAD_JOB, why),
            null);
    var wish = new Verdict.Final(UUID.randomUUID().toString(), status, null);
    if (store.create(Keys.status(ticket), wish.toJson())) {
      return Optional.of(status);
    }
    // without a job in it, it is ours or that of another such message
    return records.verdict(ticket).orElse(null) instanceof Verdict.Final there
            && there.job() == null
        ? Optional.of(there.status())
        : Optional.empty();
  }

  /** Puts a tombstone over a job and removes what it left. */
  void bury(Ticket ticket, @Nullable JobRecord job, Instant lastSeen) throws StoreFailure {
    store.put(Keys.status(ticket), tombstone(ticket, job, lastSeen).toJson());
    removeRemains(ticket);
    if (job != null) {
      deleteBundle(job);
    }
  }

  /** Removes all but the verdict. */
  void removeRemains(Ticket ticket) throws StoreFailure {
    store.delete(Keys.job(ticket));
    for (var left : store.list(Keys.output(ticket))) {
      if (!left.key().equals(Keys.status(ticket))) {
        store.delete(left.key());
      }
    }
  }

  /**
   * Removes what an ended job needs no more: its record, so that it is not listed as open, and the
   * bundle of a DONE one. Who ended it may have died before it could, and a late delivery may have
   * recorded the job once more.
   */
  void tidy(Ticket ticket, Verdict verdict) throws StoreFailure {
    if (verdict instanceof Verdict.Final end && end.job() != null) {
      tidy(end.job(), end.status().state());
    } else {
      store.delete(Keys.job(ticket));
    }
  }

  /** The same for a job whose end is known. */
  void tidy(JobRecord job, State end) throws StoreFailure {
    store.delete(Keys.job(job.ticket()));
    if (end == State.DONE) {
      deleteBundle(job);
    }
  }

  private Commit commit(
      JobRecord job,
      int attempt,
      @Nullable String worker,
      @Nullable Instant startedAt,
      Ending ending)
      throws StoreFailure {
    var status =
        new Status(
            job.ticket(),
            ending.state(),
            new Status.Run(attempt, reading.maxAttempts(job), worker, ending.officeVersion()),
            new Status.Times(job.message().submittedAt(), startedAt, clock.instant()),
            ending.result(),
            ending.returned(),
            ending.error(),
            ending.timings());
    var wish = new Verdict.Final(UUID.randomUUID().toString(), status, job);
    if (records.isCreatedByUs(Keys.status(job.ticket()), wish.toJson())) {
      return new Commit.Committed(status);
    }
    var there = records.verdict(job.ticket());
    if (there.isPresent()) {
      tidy(job.ticket(), there.get());
    }
    return there.orElse(null) instanceof Verdict.Final end
        ? new Commit.TooLate(end.status())
        : new Commit.Deleted(); // even the tombstone may be gone
  }

  /**
   * Only what was uploaded for this very job; a direct publisher's bundle elsewhere in the bucket
   * stays its own.
   */
  private void deleteBundle(JobRecord job) throws StoreFailure {
    var bundle = job.message().bundle();
    if (bundle != null && bundle.object().startsWith(Keys.BUNDLES)) {
      store.delete(bundle.object());
    }
  }

  /** Kept beyond the job's own time: what expired may lie in its queue for a while longer. */
  private Verdict.Tombstone tombstone(Ticket ticket, @Nullable JobRecord job, Instant lastSeen) {
    var notAfter = job == null ? null : job.message().limits().notAfter();
    var last = notAfter != null && notAfter.isAfter(lastSeen) ? notAfter : lastSeen;
    return new Verdict.Tombstone(ticket, clock.instant(), last.plus(rules.retention()));
  }
}
