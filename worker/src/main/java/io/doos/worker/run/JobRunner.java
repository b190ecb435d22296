package io.doos.worker.run;

import io.doos.common.job.BadJobException;
import io.doos.common.ledger.AttemptEnd;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Claimant;
import io.doos.common.ledger.Commit;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Delivery;
import io.doos.common.queue.Events;
import io.doos.common.queue.JobFacts;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.status.Timings;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.common.trace.AttemptSeen;
import io.doos.worker.run.RunningJob.Stop;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Looks after one delivered job from claim to event. Every step may be repeated by another worker
 * after our death: what is visible changes only by the ledger's commit. Runs on the delivery's own
 * thread.
 */
public final class JobRunner {

  private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration REPLY_PAUSE = Duration.ofSeconds(1);

  private final JobLedger ledger;
  private final ObjectStore store;
  private final Events events;
  private final Withdrawals withdrawals;
  private final Attempt attempt;
  private final String worker;
  private final JobMeter meter;

  /**
   * @param worker the name that claims are made in
   */
  public JobRunner(
      JobLedger ledger,
      ObjectStore store,
      Events events,
      Withdrawals withdrawals,
      Attempt attempt,
      String worker,
      JobMeter meter) {
    this.ledger = ledger;
    this.store = store;
    this.events = events;
    this.withdrawals = withdrawals;
    this.attempt = attempt;
    this.worker = worker;
    this.meter = meter;
  }

  /** Claim → run → commit → tell → tidy; the caller then ends the delivery as the outcome says. */
  Outcome run(Delivery delivery, RunningJob running) throws InterruptedException {
    meter.delivered(delivery.arrival());
    try {
      var offered = delivery.job();
      var claimant = Claimant.of(worker);
      var begin =
          Patience.<Begin, RuntimeException>hold(
              running, _ -> ledger.begin(offered, claimant, delivery.arrival()));
      @Nullable JobRecord ran = null;
      while (begin instanceof Begin.Claimed claimed) {
        ran = claimed.job();
        begin = runClaimed(claimed, claimant, running);
      }
      if (begin instanceof Begin.Ended(var status)) {
        tell(status, JobFacts.of(offered), offered.replyTo(), offered.correlationId(), running);
        tidy(ran, status);
      }
      return new Outcome.Done();
    } catch (BadJobException e) {
      return unreadable(e, delivery, running);
    } catch (StoppedException e) {
      return stopped(e.why());
    } finally {
      running.catchUp();
    }
  }

  /** Runs one attempt; what comes back is the job's end or its next claim. */
  private Begin runClaimed(Begin.Claimed claimed, Claimant claimant, RunningJob running)
      throws StoppedException, InterruptedException {
    try (var _ = MDC.putCloseable("ticket", claimed.job().ticket().value());
        var _ = MDC.putCloseable("attempt", Integer.toString(claimed.attempt()))) {
      return runNamed(claimed, claimant, running);
    }
  }

  /** Every line that is logged on the way carries the job's name. */
  private Begin runNamed(Begin.Claimed claimed, Claimant claimant, RunningJob running)
      throws StoppedException, InterruptedException {
    try {
      return switch (watched(claimed, running)) {
        case Attempt.Ran(var ending) -> commit(claimed, ending, running);
        case Attempt.OfficeDied(var ifLast) -> again(claimed, claimant, ifLast, running);
      };
    } catch (StoppedException e) {
      recordStop(claimed, e.why());
      throw e;
    }
  }

  /** Watched no longer than it runs: our own commit must not look like somebody else's. */
  private Attempt.Report watched(Begin.Claimed claimed, RunningJob running)
      throws StoppedException, InterruptedException {
    log.info("Job {} attempt {} begins", claimed.job().ticket(), claimed.attempt());
    running.claimed(claimed.job().ticket());
    try (var _ = withdrawals.watch(claimed.job().ticket(), running)) {
      return attempt.run(claimed, running);
    } catch (RuntimeException | StackOverflowError e) {
      // A fault of ours: without an end the job would seem to run for ever.
      log.error("Job {} met a fault of the worker", claimed.job().ticket(), e);
      var error = JobError.of(ErrorCode.INTERNAL, "The worker failed under it: " + e);
      return new Attempt.Ran(new Ending(State.FAILED, error, null, null, null, null));
    }
  }

  private Begin again(Begin.Claimed claimed, Claimant claimant, Ending ifLast, RunningJob running)
      throws StoppedException, InterruptedException {
    log.warn("Job {} attempt {} took its office down", claimed.job().ticket(), claimed.attempt());
    boolean again =
        Patience.<Boolean, RuntimeException>hold(
            running,
            _ -> {
              ledger.end(claimed, AttemptEnd.OFFICE_CRASHED);
              return ledger.mayTryAgain(claimed);
            });
    if (!again) {
      return commit(claimed, ifLast, running);
    }
    running.catchUp(); // the next attempt should not need disk beside this one
    discard(ifLast.result(), null);
    var next =
        Patience.<Begin, RuntimeException>hold(running, _ -> ledger.beginAgain(claimed, claimant));
    seen(claimed, "crashed", ifLast.timings(), ifLast.error());
    return next;
  }

  private Begin commit(Begin.Claimed claimed, Ending ending, RunningJob running)
      throws StoppedException, InterruptedException {
    var commit =
        Patience.<Commit, RuntimeException>hold(
            running, _ -> ledger.commit(claimed, worker, ending));
    return switch (commit) {
      case Commit.Committed(var status) -> {
        meter.ended(claimed.job(), status);
        seen(claimed, word(status.state()), ending.timings(), status.error());
        yield new Begin.Ended(status);
      }
      case Commit.TooLate(var status) -> {
        seen(claimed, "too_late", ending.timings(), ending.error());
        discard(ending.result(), status.result());
        yield new Begin.Ended(status);
      }
      case Commit.Deleted _ -> {
        seen(claimed, "deleted", ending.timings(), ending.error());
        discard(ending.result(), null);
        yield new Begin.Deleted();
      }
    };
  }

  /**
   * A result that nobody can see is of no use; but a commit whose answer was lost made ours the
   * visible one.
   */
  private void discard(@Nullable Result ours, @Nullable Result visible) {
    if (ours != null && (visible == null || !visible.object().equals(ours.object()))) {
      try {
        store.delete(ours.object());
      } catch (StoreFailure e) {
        log.warn("Could not remove the superseded {}: {}", ours.object(), e.getMessage());
      }
    }
  }

  private void seen(
      Begin.Claimed claimed, String outcome, @Nullable Timings timings, @Nullable JobError error) {
    meter.attempted(
        new AttemptSeen(
            claimed.job(), claimed.attempt(), worker, claimed.at(), outcome, timings, error));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void tell(
      Status status,
      JobFacts facts,
      @Nullable String replyTo,
      @Nullable String correlationId,
      RunningJob running)
      throws StoppedException, InterruptedException {
    try (var _ = MDC.putCloseable("ticket", status.ticket().value());
        var _ = MDC.putCloseable("attempt", Integer.toString(status.run().attempt()))) {
      events.publish(status, facts);
      log.info("Job {} is {}{}", status.ticket(), status.state(), error(status));
      reply(status, replyTo, correlationId, running);
    }
  }

  /** Only now: whoever waits for the job should not have to wait for this too. */
  private void tidy(@Nullable JobRecord ran, Status end) {
    if (ran != null) {
      try {
        ledger.tidy(ran, end);
      } catch (StoreFailure e) {
        log.info(
            "The record of job {} stays until the janitor comes: {}", ran.ticket(), e.getMessage());
      }
    }
  }

  private void reply(
      Status status, @Nullable String replyTo, @Nullable String correlationId, RunningJob running)
      throws StoppedException, InterruptedException {
    while (replyTo != null) {
      try {
        events.reply(replyTo, correlationId, status);
        return;
      } catch (BrokerFailure.NoSuchPool e) {
        log.warn("Nobody waits for job {} any more: queue '{}' is gone", status.ticket(), replyTo);
        return;
      } catch (BrokerFailure e) {
        log.warn(
            "Could not tell '{}' of job {}, trying again: {}",
            replyTo,
            status.ticket(),
            e.getMessage());
      }
      running.pause(REPLY_PAUSE);
    }
  }

  private static String error(Status status) {
    return status.error() == null ? "" : ": " + status.error().oneLine();
  }

  private Outcome unreadable(BadJobException bad, Delivery delivery, RunningJob running)
      throws InterruptedException {
    var reason = String.valueOf(bad.getMessage());
    log.warn("A message is parked: {}", reason);
    try {
      if (bad.ticket().isPresent()) {
        var rejected =
            Patience.<Optional<Status>, RuntimeException>hold(
                running, _ -> ledger.reject(bad.ticket().get(), reason));
        if (rejected.isPresent()) {
          tell(
              rejected.get(), JobFacts.NONE, delivery.replyTo(), delivery.correlationId(), running);
        }
      }
      return new Outcome.Unreadable(reason);
    } catch (StoppedException e) {
      return stopped(e.why());
    }
  }

  private static Outcome stopped(Stop why) {
    return switch (why) {
      case WITHDRAWN -> new Outcome.Withdrawn();
      case LINK_LOST -> new Outcome.Lost();
      case HANDED_BACK -> new Outcome.HandedBack();
    };
  }

  /**
   * So that the stop is charged to nobody; best effort, since an attempt without an end is forgiven
   * a few times too.
   */
  private void recordStop(Begin.Claimed claimed, Stop why) {
    log.info("Job {} attempt {} was stopped: {}", claimed.job().ticket(), claimed.attempt(), why);
    seen(claimed, word(why), null, null);
    try {
      switch (why) {
        case WITHDRAWN -> {}
        case LINK_LOST -> ledger.end(claimed, AttemptEnd.LINK_LOST);
        case HANDED_BACK -> ledger.end(claimed, AttemptEnd.HANDED_BACK);
      }
    } catch (StoreFailure e) {
      log.warn(
          "Could not record that job {} was stopped: {}", claimed.job().ticket(), e.getMessage());
    }
  }
}
