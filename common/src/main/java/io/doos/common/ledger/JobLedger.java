package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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
 * every method may be called again. What its caller left undone, an {@link Upkeep} does.
 */
public final class JobLedger {

  private static final int DRAWS = 20;

  private final ObjectStore store;
  private final Records records;
  private final Reading reading;
  private final Attempts attempts;
  private final Endings endings;
  private final Upkeep upkeep;
  private final InstantSource clock;

  /**
   * The farm's own limits.
   *
   * @param maxAttempts how many offices a job may take down, unless it says otherwise
   * @param maxLost how many attempts may vanish with their worker before the job fails WORKER_LOST
   * @param retention how long ended jobs are kept, and how long beyond that a late message for one
   *     is expected
   * @param runTimes how long workers may be at a job
   */
  public record Rules(int maxAttempts, int maxLost, Duration retention, RunTimes runTimes) {

    /** Rules with run times as the settings are by default. */
    public Rules(int maxAttempts, int maxLost, Duration retention) {
      this(maxAttempts, maxLost, retention, RunTimes.DEFAULT);
    }
  }

  public JobLedger(ObjectStore store, InstantSource clock, Rules rules) {
    this.store = store;
    this.clock = clock;
    this.records = new Records(store);
    this.reading = new Reading(records, clock, rules.maxAttempts());
    this.endings = new Endings(store, records, reading, clock, rules);
    this.attempts = new Attempts(store, records, reading, endings, clock, rules);
    this.upkeep = new Upkeep(store, records, attempts, endings, clock, rules);
  }

  /**
   * Reserves a ticket that nobody ever had and records its job.
   *
   * @param draw draws tickets, 20 at most
   * @param job makes the job for a drawn ticket
   * @throws StoreFailure when nothing is reserved, as far as the store let us undo it; a job that
   *     stays is run unseen
   * @throws NoFreeTicketException when all that were drawn are taken
   */
  public JobRecord reserve(Supplier<Ticket> draw, Function<Ticket, JobRecord> job)
      throws StoreFailure, NoFreeTicketException {
    for (int i = 0; i < DRAWS; i++) {
      var drawn = job.apply(draw.get());
      var reservation = JobRecordJson.reservation(drawn);
      try {
        if (isReserved(drawn.ticket(), reservation)) {
          reading.remember(drawn);
          return drawn;
        }
      } catch (StoreFailure e) {
        withdraw(drawn, reservation, e);
        throw e;
      }
    }
    throw new NoFreeTicketException(DRAWS);
  }

  /**
   * Records a job under the ticket that its client chose, unless there is or was one under it. May
   * be called again: the same ticket is the same job, whatever the later call holds.
   *
   * @throws StoreFailure when it may or may not be recorded; if it is, it will run
   */
  public Reserved reserve(JobRecord chosen) throws StoreFailure {
    var ticket = chosen.ticket();
    var isOurs = records.isCreatedByUs(Keys.job(ticket), JobRecordJson.reservation(chosen));
    var verdict = records.verdict(ticket);
    if (verdict.isPresent()) {
      if (isOurs) {
        store.delete(Keys.job(ticket));
      }
      return decided(verdict.get());
    }
    if (isOurs) {
      return new Reserved.Anew(chosen);
    }
    // Neither decided nor recorded any more: it ended between the two looks.
    return switch (records.find(ticket).orElse(null)) {
      case null -> new Reserved.Deleted();
      case Records.Open(var job) -> new Reserved.Before(job);
      case Records.Decided(var end) -> decided(end);
    };
  }

  private static Reserved decided(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Final end ->
          new Reserved.Ended(
              new Seen(end.status(), end.job() == null ? null : end.job().message().tenant()));
      case Verdict.Tombstone _ -> new Reserved.Deleted();
    };
  }

  private boolean isReserved(Ticket drawn, byte[] reservation) throws StoreFailure {
    if (!records.isCreatedByUs(Keys.job(drawn), reservation)) {
      return false;
    }
    if (records.isDecided(drawn)) {
      store.delete(Keys.job(drawn));
      return false;
    }
    return true;
  }

  /** The record may be there although its answer was lost, and a janitor would have it run. */
  private void withdraw(JobRecord drawn, byte[] reservation, StoreFailure why) {
    try {
      if (records.isThere(Keys.job(drawn.ticket()), reservation)) {
        var reason = "The store failed, and its ticket was never given out";
        endings.conclude(drawn, Ending.without(State.CANCELLED, ErrorCode.CANCELLED, reason));
      }
    } catch (StoreFailure e) {
      why.addSuppressed(e);
    }
  }

  /** How a job is doing; empty when there is no such job, or no more. */
  public Optional<Status> read(Ticket ticket) throws StoreFailure {
    return reading.read(ticket).map(Seen::status);
  }

  /** How a job is doing and whose it is; empty when there is no such job, or no more. */
  public Optional<Seen> look(Ticket ticket) throws StoreFailure {
    return reading.read(ticket);
  }

  /**
   * All that is known of a job: more reads than {@link #read}, for who looks closely. Empty when
   * there is no such job, or no more.
   */
  public Optional<Dossier> dossier(Ticket ticket) throws StoreFailure {
    return new Dossiers(store, records, reading).of(ticket);
  }

  /**
   * Claims a delivered job for a worker.
   *
   * @param offered the job as delivered; recorded when nobody did, as for direct publishers, else
   *     only its ticket counts
   * @param claimant the same for each try at one delivery, which may be repeated as it was
   */
  public Begin begin(JobRecord offered, Claimant claimant, Arrival arrival) throws StoreFailure {
    return attempts.begin(offered, claimant, arrival);
  }

  /**
   * Claims a job once more for the worker whose attempt at it just ended, unless it may not be
   * tried again.
   *
   * @param claimed the attempt, whose end was recorded before
   */
  public Begin beginAgain(Begin.Claimed claimed, Claimant claimant) throws StoreFailure {
    return attempts.next(claimed.job(), claimant);
  }

  /** Whether a job whose office died under it may take another one. */
  public boolean mayTryAgain(Begin.Claimed claimed) throws StoreFailure {
    return attempts.mayTryAgain(claimed);
  }

  /** Records that an attempt ended without a status. */
  public void end(Begin.Claimed claimed, AttemptEnd how) throws StoreFailure {
    attempts.end(claimed, how);
  }

  /**
   * Ends a job with what a run of it brought about. Its result must be in the store by then.
   * Whoever committed tidies up once the world has heard of it.
   */
  public Commit commit(Begin.Claimed claimed, String worker, Ending ending) throws StoreFailure {
    return endings.commit(claimed, worker, ending);
  }

  /**
   * Removes what a job needs no more once it has ended: its record, so that it is not listed as
   * open, and the bundle of a DONE one. What is left here a janitor finds.
   *
   * @param end the status that was committed
   */
  public void tidy(JobRecord job, Status end) throws StoreFailure {
    endings.tidy(job, end.state());
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
      case Records.Open(var job) -> {
        var ending = Ending.without(State.CANCELLED, ErrorCode.CANCELLED, reason);
        yield Optional.of(endings.conclude(job, ending));
      }
      case Records.Decided(Verdict.Final end) -> {
        endings.tidy(ticket, end);
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
    return records.job(ticket).isPresent() ? Optional.empty() : endings.reject(ticket, why);
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
    switch (found.get()) {
      case Records.Open(var job) -> endings.bury(ticket, job, clock.instant());
      case Records.Decided(Verdict.Final end) -> endings.bury(ticket, end.job(), clock.instant());
      case Records.Decided(Verdict.Tombstone _) -> {
        endings.removeRemains(ticket); // who deleted it may have died in the middle
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a job needs nobody's work any more: it has its final status, or was deleted. What
   * workers ask while they run it.
   */
  public boolean isDecided(Ticket ticket) throws StoreFailure {
    return records.isDecided(ticket);
  }

  /** What a janitor does to the ledger. */
  public Upkeep upkeep() {
    return upkeep;
  }
}
