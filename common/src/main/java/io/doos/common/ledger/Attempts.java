package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.json.Json;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.State;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Who may run a job, and how often: claims and their ends. */
final class Attempts {

  private static final int ROUNDS = 20;

  private final ObjectStore store;
  private final Records records;
  private final Reading reading;
  private final Endings endings;
  private final InstantSource clock;
  private final JobLedger.Rules rules;

  Attempts(
      ObjectStore store,
      Records records,
      Reading reading,
      Endings endings,
      InstantSource clock,
      JobLedger.Rules rules) {
    this.store = store;
    this.records = records;
    this.reading = reading;
    this.endings = endings;
    this.clock = clock;
    this.rules = rules;
  }

  Begin begin(JobRecord offered, Claimant claimant, Arrival arrival) throws StoreFailure {
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
    return switch (arrival) {
      case FRESH -> first(job, claimant);
      case RECOVERED ->
          mayBeHeld(job, claimant) ? decidedOrDuplicate(ticket) : next(job, claimant, 1);
      case REDELIVERED -> next(job, claimant);
    };
  }

  /** Claims a job again after the attempt before has ended. */
  Begin next(JobRecord job, Claimant claimant) throws StoreFailure {
    return next(job, claimant, ROUNDS);
  }

  /**
   * @param rounds how often to try when others claim before us; once where that is no loss
   */
  private Begin next(JobRecord job, Claimant claimant, int rounds) throws StoreFailure {
    for (int round = 0; round < rounds; round++) {
      var history = History.of(store, job.ticket());
      if (history.hasVerdict()) {
        break;
      }
      var own = ownClaim(job, history, claimant);
      if (own.isPresent()) {
        return confirmed(new Begin.Claimed(job, history.newest(), own.get().at()));
      }
      if (history.crashed() >= reading.maxAttempts(job)) {
        var why = "Its office died under it %d times".formatted(history.crashed());
        return failed(job, ErrorCode.OFFICE_CRASHED, why);
      }
      if (history.lost() >= rules.maxLost()) {
        var why = "Its worker was lost %d times".formatted(history.lost());
        return failed(job, ErrorCode.WORKER_LOST, why);
      }
      if (Endings.isExpired(job, clock.instant())) {
        return ended(endings.expire(job));
      }
      var claim = records.claim(job.ticket(), history.newest() + 1, claimant, clock.instant());
      if (claim.isPresent()) {
        return confirmed(new Begin.Claimed(job, history.newest() + 1, claim.get().at()));
      }
    }
    return decidedOrDuplicate(job.ticket());
  }

  boolean mayTryAgain(Begin.Claimed claimed) throws StoreFailure {
    return History.of(store, claimed.job().ticket()).crashed() < reading.maxAttempts(claimed.job());
  }

  void end(Begin.Claimed claimed, AttemptEnd how) throws StoreFailure {
    store.create(
        Keys.end(claimed.job().ticket(), claimed.attempt()),
        Json.bytes(Json.object().put("how", how.name()).put("at", clock.instant().toString())));
  }

  /** One create and no listing: most jobs come once. */
  private Begin first(JobRecord job, Claimant claimant) throws StoreFailure {
    if (Endings.isExpired(job, clock.instant()) && records.newestClaim(job.ticket()) == 0) {
      return ended(endings.expire(job));
    }
    var claim = records.claim(job.ticket(), 1, claimant, clock.instant());
    return claim.isPresent()
        ? confirmed(new Begin.Claimed(job, 1, claim.get().at()))
        : decidedOrDuplicate(job.ticket());
  }

  /**
   * Whether somebody may be at work on a job that a janitor took for lost. If nobody is after all,
   * the janitor comes again.
   */
  private boolean mayBeHeld(JobRecord job, Claimant claimant) throws StoreFailure {
    var history = History.of(store, job.ticket());
    var since = history.heldSince();
    return since != null
        && clock.instant().isBefore(since.plus(longest(job)))
        && ownClaim(job, history, claimant).isEmpty();
  }

  /** The newest claim, if it was made for this delivery by a try whose answer was lost. */
  private Optional<Claim> ownClaim(JobRecord job, History history, Claimant claimant)
      throws StoreFailure {
    return history.heldSince() == null
        ? Optional.empty()
        : records.claim(job.ticket(), history.newest()).filter(claim -> claim.isOf(claimant));
  }

  /** The longest that somebody may hold a job. */
  Duration longest(JobRecord job) {
    return rules.runTimes().longest(job.message());
  }

  /**
   * Only who claimed first and then finds no end may start: a cancel or delete either sees the
   * claim or is seen here. The time may have passed since it was looked at.
   */
  private Begin confirmed(Begin.Claimed claimed) throws StoreFailure {
    if (records.isDecided(claimed.job().ticket())) {
      return decidedOrDuplicate(claimed.job().ticket());
    }
    return Endings.isExpired(claimed.job(), clock.instant())
        ? ended(endings.expire(claimed.job()))
        : claimed;
  }

  private Begin decidedOrDuplicate(Ticket ticket) throws StoreFailure {
    var verdict = records.verdict(ticket);
    return verdict.isPresent() ? decided(ticket, verdict.get()) : new Begin.Duplicate();
  }

  private Begin decided(Ticket ticket, Verdict verdict) throws StoreFailure {
    endings.tidy(ticket, verdict);
    return begun(verdict);
  }

  private static Begin begun(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Final end -> new Begin.Ended(end.status());
      case Verdict.Tombstone _ -> new Begin.Deleted();
    };
  }

  private Begin failed(JobRecord job, ErrorCode code, String why) throws StoreFailure {
    return ended(endings.conclude(job, Ending.without(State.FAILED, code, why)));
  }

  private static Begin ended(Commit commit) {
    return switch (commit) {
      case Commit.Committed(var status) -> new Begin.Ended(status);
      case Commit.TooLate(var status) -> new Begin.Ended(status);
      case Commit.Deleted _ -> new Begin.Deleted();
    };
  }
}
