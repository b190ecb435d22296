package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.json.Json;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a job's life, over objects that are created once. All state is in the store, so any
 * number of gateways and workers may call this at once, die between any two calls, and call again.
 *
 * <ul>
 *   <li>{@code input/<ticket>/job.json}, created once, reserves the ticket and says what runs; it
 *       is there while the job is open.
 *   <li>{@code output/<ticket>/claim-<n>.json}, created once, is attempt n; {@code end-<n>.json}
 *       says that it ended without a status.
 *   <li>{@code output/<ticket>/status.json}, created once, is the job's end. Whoever creates it
 *       decides; only a delete overwrites it.
 * </ul>
 *
 * <p>A failure of the store leaves every method's effect done or not done, never half visible, and
 * every method may be called again.
 */
public final class JobLedger {

  private static final int DRAWS = 20;
  private static final int ROUNDS = 20;

  private final ObjectStore store;
  private final Records records;
  private final Reading reading;
  private final InstantSource clock;
  private final Rules rules;

  /**
   * The farm's own limits.
   *
   * @param maxAttempts how many offices a job may take down, unless it says otherwise
   * @param maxLost how many attempts may vanish with their worker before the job fails WORKER_LOST
   * @param retention how long a deleted job is remembered when it has no notAfter
   */
  public record Rules(int maxAttempts, int maxLost, Duration retention) {}

  public JobLedger(ObjectStore store, InstantSource clock, Rules rules) {
    this.store = store;
    this.records = new Records(store);
    this.reading = new Reading(records, clock, rules.maxAttempts());
    this.clock = clock;
    this.rules = rules;
  }

  /**
   * Reserves a ticket that nobody ever had and records its job.
   *
   * @param draw draws tickets, 20 at most
   * @param job makes the job for a drawn ticket
   * @throws NoFreeTicketException when all that were drawn are taken
   */
  public JobRecord reserve(Supplier<Ticket> draw, Function<Ticket, JobRecord> job)
      throws StoreFailure, NoFreeTicketException {
    for (int i = 0; i < DRAWS; i++) {
      var drawn = job.apply(draw.get());
      if (!records.isCreatedByUs(Keys.job(drawn.ticket()), JobRecordJson.reservation(drawn))) {
        continue;
      }
      if (records.verdict(drawn.ticket()).isEmpty()) {
        return drawn;
      }
      store.delete(Keys.job(drawn.ticket()));
    }
    throw new NoFreeTicketException(DRAWS);
  }

  /** How a job is doing; empty when there is no such job, or no more. */
  public Optional<Status> read(Ticket ticket) throws StoreFailure {
    return reading.read(ticket);
  }

  /**
   * Claims a delivered job for a worker.
   *
   * @param offered the job as delivered; recorded when nobody did, as for direct publishers, else
   *     only its ticket counts
   * @param fresh whether the delivery may be the first of its message
   */
  public Begin begin(JobRecord offered, String worker, boolean fresh) throws StoreFailure {
    var ticket = offered.ticket();
    var recorded = records.job(ticket);
    if (recorded.isEmpty()) {
      var verdict = records.verdict(ticket);
      if (verdict.isPresent()) {
        return begun(verdict.get());
      }
      // Created here or by a racer: either way it is read back, so that all run the same.
      store.create(Keys.job(ticket), JobRecordJson.reservation(offered));
      recorded = records.job(ticket);
      if (recorded.isEmpty()) {
        return decidedOrDuplicate(ticket);
      }
    }
    var job = recorded.get();
    if (isExpired(job)) {
      return expire(job, fresh);
    }
    return fresh ? firstClaim(job, worker) : nextClaim(job, worker);
  }

  /**
   * Claims a job once more for the worker whose attempt at it just ended, unless it may not be
   * tried again.
   *
   * @param claimed the attempt, whose end was recorded before
   */
  public Begin beginAgain(Begin.Claimed claimed, String worker) throws StoreFailure {
    return nextClaim(claimed.job(), worker);
  }

  /** Whether a job whose office died under it may take another one. */
  public boolean mayTryAgain(Begin.Claimed claimed) throws StoreFailure {
    return History.of(store, claimed.job().ticket()).crashed() < reading.maxAttempts(claimed.job());
  }

  /** Records that an attempt ended without a status. */
  public void end(Begin.Claimed claimed, AttemptEnd how) throws StoreFailure {
    store.create(
        Keys.end(claimed.job().ticket(), claimed.attempt()),
        Json.bytes(Json.object().put("how", how.name()).put("at", clock.instant().toString())));
  }

  /** Ends a job with what a run of it brought about. Its result must be in the store by then. */
  public Commit commit(Begin.Claimed claimed, String worker, Ending ending) throws StoreFailure {
    return commit(claimed.job(), claimed.attempt(), worker, claimed.at(), ending);
  }

  /**
   * Ends a job CANCELLED unless it has ended.
   *
   * @param reason for a person to read
   * @return empty when there is no such job
   */
  public Optional<Commit> cancel(Ticket ticket, String reason) throws StoreFailure {
    var found = records.find(ticket);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    return switch (found.get()) {
      case Records.Open(var job) ->
          Optional.of(conclude(job, Ending.without(State.CANCELLED, ErrorCode.CANCELLED, reason)));
      case Records.Decided(Verdict.Final end) -> {
        store.delete(Keys.job(ticket)); // who ended it may have died before it could
        yield Optional.of(new Commit.TooLate(end.status()));
      }
      case Records.Decided(Verdict.Tombstone _) -> Optional.empty();
    };
  }

  /**
   * Records that a message for {@code ticket} made no sense, unless there is such a job: then it
   * keeps its own way.
   *
   * @param why for a person to read
   * @return the FAILED status, if this call or an earlier one of the kind recorded it
   */
  public Optional<Status> reject(Ticket ticket, String why) throws StoreFailure {
    if (records.job(ticket).isPresent()) {
      return Optional.empty();
    }
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
    return records.isCreatedByUs(Keys.status(ticket), wish.toJson())
        ? Optional.of(status)
        : Optional.empty();
  }

  /**
   * Removes a job and everything it left; a queued one never starts, a running one's worker notices
   * and stops.
   *
   * @return whether there was such a job
   */
  public boolean delete(Ticket ticket) throws StoreFailure {
    var found = records.find(ticket);
    if (found.isEmpty()) {
      return false;
    }
    return switch (found.get()) {
      case Records.Open(var job) -> bury(ticket, job);
      case Records.Decided(Verdict.Final end) -> bury(ticket, end.job());
      case Records.Decided(Verdict.Tombstone _) -> {
        sweep(ticket); // again: the one who deleted it may have died in the middle
        yield false;
      }
    };
  }

  private boolean bury(Ticket ticket, @Nullable JobRecord job) throws StoreFailure {
    store.put(Keys.status(ticket), tombstone(ticket, job).toJson());
    sweep(ticket);
    if (job != null) {
      deleteBundle(job);
    }
    return true;
  }

  private void sweep(Ticket ticket) throws StoreFailure {
    store.delete(Keys.job(ticket));
    for (var left : store.list(Keys.output(ticket))) {
      if (!left.key().equals(Keys.status(ticket))) {
        store.delete(left.key());
      }
    }
  }

  /**
   * Whether a job needs nobody's work any more: it has its final status, or was deleted. What
   * workers ask while they run it.
   */
  public boolean isDecided(Ticket ticket) throws StoreFailure {
    return records.verdict(ticket).isPresent();
  }

  private Begin firstClaim(JobRecord job, String worker) throws StoreFailure {
    var claimed = claimAs(job, worker, 1);
    return claimed.isPresent() ? confirmed(claimed.get()) : decidedOrDuplicate(job.ticket());
  }

  private Begin nextClaim(JobRecord job, String worker) throws StoreFailure {
    for (int round = 0; round < ROUNDS; round++) {
      var history = History.of(store, job.ticket());
      if (history.hasVerdict()) {
        break;
      }
      if (history.crashed() >= reading.maxAttempts(job)) {
        var why = "Its office died under it %d times".formatted(history.crashed());
        return ended(job, Ending.without(State.FAILED, ErrorCode.OFFICE_CRASHED, why));
      }
      if (history.lost() >= rules.maxLost()) {
        var why = "Its worker was lost %d times".formatted(history.lost());
        return ended(job, Ending.without(State.FAILED, ErrorCode.WORKER_LOST, why));
      }
      var claimed = claimAs(job, worker, history.newest() + 1);
      if (claimed.isPresent()) {
        return confirmed(claimed.get());
      }
    }
    return decidedOrDuplicate(job.ticket());
  }

  private Optional<Begin.Claimed> claimAs(JobRecord job, String worker, int attempt)
      throws StoreFailure {
    var claim = new Claim(UUID.randomUUID().toString(), worker, clock.instant());
    return records.isCreatedByUs(Keys.claim(job.ticket(), attempt), claim.toJson())
        ? Optional.of(new Begin.Claimed(job, attempt, claim.at()))
        : Optional.empty();
  }

  /**
   * Only who claimed first and then finds no end may start: a cancel or delete either sees the
   * claim or is seen here.
   */
  private Begin confirmed(Begin.Claimed claimed) throws StoreFailure {
    var verdict = records.verdict(claimed.job().ticket());
    return verdict.isPresent() ? decided(claimed.job().ticket(), verdict.get()) : claimed;
  }

  private Begin decidedOrDuplicate(Ticket ticket) throws StoreFailure {
    var verdict = records.verdict(ticket);
    return verdict.isPresent() ? decided(ticket, verdict.get()) : new Begin.Duplicate();
  }

  /**
   * Tidies up too: who decided may have died before it could, and a late delivery may have recorded
   * the job once more.
   */
  private Begin decided(Ticket ticket, Verdict verdict) throws StoreFailure {
    store.delete(Keys.job(ticket));
    return begun(verdict);
  }

  private static Begin begun(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Final end -> new Begin.Ended(end.status());
      case Verdict.Tombstone _ -> new Begin.Deleted();
    };
  }

  private Begin ended(JobRecord job, Ending ending) throws StoreFailure {
    return switch (conclude(job, ending)) {
      case Commit.Committed(var status) -> new Begin.Ended(status);
      case Commit.TooLate(var status) -> new Begin.Ended(status);
      case Commit.Deleted _ -> new Begin.Deleted();
    };
  }

  private boolean isExpired(JobRecord job) {
    var notAfter = job.message().limits().notAfter();
    return notAfter != null && clock.instant().isAfter(notAfter);
  }

  private Begin expire(JobRecord job, boolean fresh) throws StoreFailure {
    if (fresh && records.newestClaim(job.ticket()) > 0) {
      return decidedOrDuplicate(job.ticket()); // it began in time, and may be running
    }
    var why = "It could not start before " + job.message().limits().notAfter();
    return ended(job, Ending.without(State.EXPIRED, ErrorCode.EXPIRED, why));
  }

  /** Ends a job for a reason that no run of it brought about. */
  private Commit conclude(JobRecord job, Ending ending) throws StoreFailure {
    var before = reading.open(job);
    return commit(
        job, before.run().attempt(), before.run().worker(), before.times().startedAt(), ending);
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
    var commit =
        records.isCreatedByUs(Keys.status(job.ticket()), wish.toJson())
            ? new Commit.Committed(status)
            : tooLate(job.ticket());
    tidy(job, commit);
    return commit;
  }

  private Commit tooLate(Ticket ticket) throws StoreFailure {
    return records.verdict(ticket).orElse(null) instanceof Verdict.Final end
        ? new Commit.TooLate(end.status())
        : new Commit.Deleted(); // even the tombstone may be gone
  }

  /** An ended job is no longer listed as open, and a DONE one does not need its input again. */
  private void tidy(JobRecord job, Commit commit) throws StoreFailure {
    store.delete(Keys.job(job.ticket()));
    if (commit instanceof Commit.Committed(var status) && status.state() == State.DONE) {
      deleteBundle(job);
    }
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

  private Verdict.Tombstone tombstone(Ticket ticket, @Nullable JobRecord job) {
    var now = clock.instant();
    var notAfter = job == null ? null : job.message().limits().notAfter();
    return new Verdict.Tombstone(
        ticket, now, notAfter != null ? notAfter : now.plus(rules.retention()));
  }
}
