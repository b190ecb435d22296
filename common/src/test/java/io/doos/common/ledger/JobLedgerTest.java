package io.doos.common.ledger;

import static io.doos.common.ledger.Arrival.FRESH;
import static io.doos.common.ledger.Arrival.RECOVERED;
import static io.doos.common.ledger.Arrival.REDELIVERED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each rule of a job's life, one at a time; what comes of them together is the property test's. */
final class JobLedgerTest {

  private static final Instant START = Instant.parse("2026-11-22T13:40:00Z");
  private static final Ticket TICKET = new Ticket("17");
  private static final String BUNDLE = "bundle/8f1c03d9.zip";
  private static final Claimant W1 = Claimant.of("w1");

  private Instant now = START;
  private final FakeObjectStore store = new FakeObjectStore(() -> now);
  private final JobLedger ledger =
      new JobLedger(store, () -> now, new JobLedger.Rules(2, 5, Duration.ofDays(7)));

  // ---- reserving

  @Test
  void aReservedJobIsEnqueuedUnderTheDrawnTicket() throws Exception {
    var job = ledger.reserve(draws("17"), JobLedgerTest::job);
    assertThat(job.ticket()).isEqualTo(TICKET);
    assertThat(status().state()).isEqualTo(State.ENQUEUED);
    assertThat(status().run().attempt()).isZero();
    assertThat(store.keys()).containsExactly("input/17/job.json");
  }

  @Test
  void aTakenTicketIsDrawnAgainWhetherItsJobIsOpenEndedOrDeleted() throws Exception {
    reserve("1");
    ledger.cancel(reserve("2").ticket(), "why");
    ledger.delete(reserve("3").ticket());
    assertThat(ledger.reserve(draws("1", "2", "3", "4"), JobLedgerTest::job).ticket())
        .hasToString("4");
    assertThat(store.keys())
        .filteredOn(key -> key.startsWith("input/"))
        .containsExactly("input/1/job.json", "input/4/job.json");
  }

  @Test
  void twentyDrawsAreEnough() throws Exception {
    reserve("17");
    var draws = new AtomicInteger();
    assertThatThrownBy(() ->
            ledger.reserve(
                () -> {
                  draws.incrementAndGet();
                  return TICKET;
                },
                JobLedgerTest::job))
        .isInstanceOf(NoFreeTicketException.class);
    assertThat(draws).hasValue(20);
  }

  @Test
  void aReservationThatTheStoreTriedTwiceIsStillOurs() throws Exception {
    store.failNext(Operation.CREATE, Fault.TRIED_AGAIN);
    assertThat(ledger.reserve(draws("17", "18"), JobLedgerTest::job).ticket()).isEqualTo(TICKET);
  }

  @Test
  void aReservationThatFailsWithdrawsNobodyElsesJob() throws Exception {
    reserve("17");
    store.failNext(Operation.READ, Fault.UNAVAILABLE);
    assertThatThrownBy(() -> ledger.reserve(draws("17"), JobLedgerTest::job))
        .isInstanceOf(StoreFailure.Unavailable.class);
    assertThat(status().state()).isEqualTo(State.ENQUEUED);
  }

  @Test
  void aReservationWhoseAnswerWasLostIsWithdrawn() {
    store.failNext(Operation.CREATE, Fault.ANSWER_LOST);
    assertThatThrownBy(() -> ledger.reserve(draws("17"), JobLedgerTest::job))
        .isInstanceOf(StoreFailure.Unavailable.class);
    assertThat(store.keys()).containsExactly("output/17/status.json");
  }

  @Test
  void aTicketThatNobodyHasIsUnknown() throws StoreFailure {
    assertThat(ledger.read(TICKET)).isEmpty();
    assertThat(ledger.cancel(TICKET, "why")).isEmpty();
    assertThat(ledger.delete(TICKET)).isFalse();
    assertThat(store.keys()).as("nothing is written for it").isEmpty();
  }

  // ---- claiming

  @Test
  void aClaimedJobRunsUnderItsWorkersName() throws Exception {
    now = START.plusSeconds(5);
    var claimed = claim(reserve("17"), FRESH);
    assertThat(claimed.attempt()).isEqualTo(1);
    assertThat(status().state()).isEqualTo(State.RUNNING);
    assertThat(status().run().worker()).isEqualTo("w1");
    assertThat(status().times().startedAt()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void whatRunsIsWhatWasRecordedNeverALaterMessagesBody() throws Exception {
    reserve("17");
    assertThat(claim(job(TICKET, "another script"), FRESH).job()).isEqualTo(job(TICKET));
  }

  @Test
  void aDirectPublishersJobIsRecordedByItsFirstWorker() throws Exception {
    claim(job(TICKET, "direct"), FRESH);
    assertThat(store.text("input/17/job.json"))
        .hasValueSatisfying(text -> assertThat(text).contains("direct"));
    assertThat(status().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void aFreshDeliveryThatFindsAClaimIsADuplicate() throws Exception {
    var job = reserve("17");
    claim(job, FRESH);
    assertThat(ledger.begin(job, Claimant.of("w2"), FRESH)).isEqualTo(new Begin.Duplicate());
  }

  @Test
  void aRedeliveryClaimsOnceMore() throws Exception {
    var job = reserve("17");
    claim(job, FRESH);
    assertThat(claim(job, REDELIVERED).attempt()).isEqualTo(2);
  }

  @Test
  void aDeliveryThatFindsAStatusIsToldIt() throws Exception {
    var job = reserve("17");
    done(claim(job, FRESH));
    for (var arrival : Arrival.values()) {
      assertThat(ledger.begin(job, Claimant.of("w2"), arrival))
          .asInstanceOf(type(Begin.Ended.class))
          .satisfies(ended -> assertThat(ended.status().state()).isEqualTo(State.DONE));
    }
  }

  @Test
  void aJobThatIsCancelledBetweenClaimAndStartDoesNotStart() throws Exception {
    var job = reserve("17");
    store.interfere(call -> {
      if (call.operation() == Operation.CREATE && call.key().endsWith("claim-1.json")) {
        store.interfere(_ -> Fault.NONE);
        ledger.cancel(TICKET, "why");
      }
      return Fault.NONE;
    });
    assertThat(ledger.begin(job, Claimant.of("w1"), FRESH)).isInstanceOf(Begin.Ended.class);
  }

  @Test
  void aClaimThatTheStoreTriedTwiceIsStillOurs() throws Exception {
    var job = reserve("17");
    store.failNext(Operation.CREATE, Fault.TRIED_AGAIN);
    assertThat(claim(job, FRESH).attempt()).isEqualTo(1);
  }

  @Test
  void aJanitorsMessageForAJobThatMayBeRunningIsADuplicate() throws Exception {
    var job = reserve("17");
    claim(job, FRESH);
    assertThat(ledger.begin(job, Claimant.of("w2"), RECOVERED)).isEqualTo(new Begin.Duplicate());
    now = START.plus(Duration.ofHours(2));
    assertThat(claim(job, RECOVERED).attempt()).isEqualTo(2);
  }

  @Test
  void aJanitorsMessageClaimsAJobThatNobodyHas() throws Exception {
    var job = reserve("17");
    assertThat(claim(job, RECOVERED).attempt()).isEqualTo(1);
    ledger.end(new Begin.Claimed(job, 1, now), AttemptEnd.LINK_LOST);
    assertThat(claim(job, RECOVERED).attempt()).isEqualTo(2);
  }

  @Test
  void triesAtOneDeliveryAreOneAttemptHoweverOftenTheStoreFails() throws Exception {
    var job = reserve("17");
    var attempts = 0;
    for (var arrival : Arrival.values()) {
      var claimant = Claimant.of("w1");
      store.interfere(call -> call.key().endsWith("status.json") ? Fault.UNAVAILABLE : Fault.NONE);
      for (var tries = 0; tries < 10; tries++) {
        assertThatThrownBy(() -> ledger.begin(job, claimant, arrival))
            .isInstanceOf(StoreFailure.Unavailable.class);
      }
      store.interfere(_ -> Fault.NONE);
      var claimed = (Begin.Claimed) ledger.begin(job, claimant, arrival);
      assertThat(claimed.attempt()).isEqualTo(++attempts);
      ledger.end(claimed, AttemptEnd.HANDED_BACK);
    }
  }

  // ---- attempts

  @Test
  void aJobThatTookTwoOfficesDownFails() throws Exception {
    var claimed = claim(reserve("17"), FRESH);
    ledger.end(claimed, AttemptEnd.OFFICE_CRASHED);
    var second = (Begin.Claimed) ledger.beginAgain(claimed, W1);
    ledger.end(second, AttemptEnd.OFFICE_CRASHED);
    assertThat(ledger.beginAgain(second, W1)).isInstanceOf(Begin.Ended.class);
    assertThat(status().state()).isEqualTo(State.FAILED);
    assertThat(code()).isEqualTo(ErrorCode.OFFICE_CRASHED);
    assertThat(status().run().attempt()).isEqualTo(2);
    assertThat(status().run().worker()).isEqualTo("w1");
  }

  @Test
  void aJobMayAskForMoreAttemptsThanTheFarmsDefault() throws Exception {
    var limits = new JobMessage.Limits(null, null, 3);
    var claimed = claim(job(TICKET, "a script", limits, null), FRESH);
    for (var crash = 0; crash < 2; crash++) {
      ledger.end(claimed, AttemptEnd.OFFICE_CRASHED);
      claimed = (Begin.Claimed) ledger.beginAgain(claimed, W1);
    }
    assertThat(claimed.attempt()).isEqualTo(3);
  }

  @Test
  void handingBackAndLosingTheLinkAreChargedToNobody() throws Exception {
    var job = reserve("17");
    for (var i = 0; i < 20; i++) {
      var how = i % 2 == 0 ? AttemptEnd.HANDED_BACK : AttemptEnd.LINK_LOST;
      ledger.end(claim(job, REDELIVERED), how);
    }
    assertThat(claim(job, REDELIVERED).attempt()).isEqualTo(21);
  }

  @Test
  void fiveAttemptsThatVanishedFailTheJob() throws Exception {
    var job = reserve("17");
    for (var i = 0; i < 5; i++) {
      claim(job, REDELIVERED);
    }
    assertThat(ledger.begin(job, Claimant.of("w1"), REDELIVERED)).isInstanceOf(Begin.Ended.class);
    assertThat(code()).isEqualTo(ErrorCode.WORKER_LOST);
  }

  @Test
  void aJobWhoseTimeHasPassedExpiresInsteadOfStarting() throws Exception {
    var limits = new JobMessage.Limits(START.plusSeconds(60), null, null);
    now = START.plusSeconds(61);
    assertThat(ledger.begin(job(TICKET, "a script", limits, null), Claimant.of("w1"), FRESH))
        .isInstanceOf(Begin.Ended.class);
    assertThat(status().state()).isEqualTo(State.EXPIRED);
  }

  @Test
  void aDuplicateThatComesTooLateDoesNotExpireAJobThatRuns() throws Exception {
    var limits = new JobMessage.Limits(START.plusSeconds(60), null, null);
    var job = job(TICKET, "a script", limits, null);
    var claimed = claim(job, FRESH);
    now = START.plusSeconds(61);
    assertThat(ledger.begin(job, Claimant.of("w2"), FRESH)).isEqualTo(new Begin.Duplicate());
    assertThat(done(claimed)).isInstanceOf(Commit.Committed.class);
  }

  @Test
  void aJobWhoseTimePassesWhileItIsClaimedDoesNotStart() throws Exception {
    var limits = new JobMessage.Limits(START.plusSeconds(60), null, null);
    store.interfere(call -> {
      if (call.operation() == Operation.CREATE && call.key().endsWith("claim-1.json")) {
        now = START.plusSeconds(61);
      }
      return Fault.NONE;
    });
    assertThat(ledger.begin(job(TICKET, "a script", limits, null), W1, FRESH))
        .isInstanceOf(Begin.Ended.class);
    assertThat(status().state()).isEqualTo(State.EXPIRED);
  }

  // ---- committing

  @Test
  void anEndCanBeToldBeforeTheJobIsTidiedUp() throws Exception {
    var claimed = claim(withBundle(BUNDLE), FRESH);
    assertThat(done(claimed)).isInstanceOf(Commit.Committed.class);
    assertThat(store.keys()).contains("input/17/job.json", BUNDLE);
    assertThat(status().state()).isEqualTo(State.DONE);
    assertThat(ledger.begin(claimed.job(), Claimant.of("w2"), REDELIVERED))
        .isInstanceOf(Begin.Ended.class);
    assertThat(store.keys()).doesNotContain("input/17/job.json", BUNDLE);
  }

  @Test
  void aDoneJobIsNoLongerListedAsOpenAndItsBundleIsGone() throws Exception {
    var claimed = claim(withBundle(BUNDLE), FRESH);
    done(claimed);
    ledger.tidy(claimed.job(), status());
    assertThat(store.keys())
        .containsExactly(
            "output/17/claim-1.json", "output/17/result-1.zip", "output/17/status.json");
    assertThat(status().state()).isEqualTo(State.DONE);
    assertThat(status().times().enteredAt()).isEqualTo(START);
  }

  @Test
  void aFailedJobKeepsItsBundleAndABundleElsewhereIsNeverTouched() throws Exception {
    var claimed = claim(withBundle(BUNDLE), FRESH);
    var error = JobError.of(ErrorCode.MACRO_ERROR, "why");
    ledger.commit(claimed, "w1", new Ending(State.FAILED, error, null, null, null, null));
    ledger.tidy(claimed.job(), status());
    assertThat(store.keys()).contains(BUNDLE).doesNotContain("input/17/job.json");

    var other = job(new Ticket("18"), "s", JobMessage.Limits.DEFAULT, "templates/all.zip");
    store.put("templates/all.zip", new byte[1]);
    done(claim(other, FRESH));
    ledger.tidy(other, ledger.read(other.ticket()).orElseThrow());
    assertThat(store.keys()).contains("templates/all.zip");
  }

  @Test
  void ofTwoWorkersThatRanTheSameJobOneResultIsSeenAndItStays() throws Exception {
    var job = reserve("17");
    var first = claim(job, FRESH);
    var second = claim(job, REDELIVERED);
    assertThat(done(second)).isInstanceOf(Commit.Committed.class);
    assertThat(done(first))
        .asInstanceOf(type(Commit.TooLate.class))
        .satisfies(late -> assertThat(late.status().run().attempt()).isEqualTo(second.attempt()));
    assertThat(result().object()).isEqualTo("output/17/result-2.zip");
  }

  @Test
  void aCommitThatTheStoreTriedTwiceIsStillOurs() throws Exception {
    var claimed = claim(reserve("17"), FRESH);
    store.failNext(Operation.CREATE, Fault.TRIED_AGAIN);
    assertThat(done(claimed)).isInstanceOf(Commit.Committed.class);
  }

  @Test
  void aCommitWhoseAnswerWasLostIsFoundWhenTriedAgain() throws Exception {
    var claimed = claim(reserve("17"), FRESH);
    store.failNext(Operation.CREATE, Fault.ANSWER_LOST);
    assertThatThrownBy(() -> done(claimed)).isInstanceOf(StoreFailure.Unavailable.class);
    assertThat(done(claimed)).isInstanceOf(Commit.TooLate.class);
    assertThat(result().object()).isEqualTo("output/17/result-1.zip");
    assertThat(store.keys()).doesNotContain("input/17/job.json");
  }

  // ---- cancelling, rejecting, deleting

  @Test
  void aCancelledJobNeverStartsAndItsResultComesTooLate() throws Exception {
    var job = reserve("17");
    var running = claim(job, FRESH);
    assertThat(ledger.isDecided(TICKET)).isFalse();
    assertThat(ledger.cancel(TICKET, "not needed")).get().isInstanceOf(Commit.Committed.class);
    assertThat(ledger.isDecided(TICKET)).isTrue();
    assertThat(ledger.begin(job, Claimant.of("w2"), REDELIVERED)).isInstanceOf(Begin.Ended.class);
    assertThat(done(running)).isInstanceOf(Commit.TooLate.class);
    assertThat(status().state()).isEqualTo(State.CANCELLED);
    assertThat(status().run().worker()).isEqualTo("w1");
  }

  @Test
  void aDoneJobCanNoLongerBeCancelled() throws Exception {
    done(claim(reserve("17"), FRESH));
    assertThat(ledger.cancel(TICKET, "why")).get().isInstanceOf(Commit.TooLate.class);
    assertThat(status().state()).isEqualTo(State.DONE);
  }

  @Test
  void aMessageThatMakesNoSenseFailsItsTicketUnlessThatIsAJob() throws Exception {
    assertThat(ledger.reject(TICKET, "no work")).isPresent();
    assertThat(code()).isEqualTo(ErrorCode.BAD_JOB);
    var other = reserve("18");
    assertThat(ledger.reject(other.ticket(), "no work")).isEmpty();
    assertThat(ledger.read(other.ticket()).orElseThrow().state()).isEqualTo(State.ENQUEUED);
  }

  @Test
  void aSecondMessageThatMakesNoSenseIsToldTheFirstOnesEnd() throws Exception {
    var first = ledger.reject(TICKET, "no work");
    assertThat(ledger.reject(TICKET, "no files")).isEqualTo(first);
  }

  @Test
  void aDoneJobWhoseCommitWasTriedTwiceLeavesNoBundle() throws Exception {
    var claimed = claim(withBundle(BUNDLE), FRESH);
    store.failNext(Operation.CREATE, Fault.ANSWER_LOST);
    assertThatThrownBy(() -> done(claimed)).isInstanceOf(StoreFailure.Unavailable.class);
    assertThat(done(claimed)).isInstanceOf(Commit.TooLate.class);
    assertThat(store.keys()).doesNotContain(BUNDLE, "input/17/job.json");
  }

  @Test
  void aDeletedJobLeavesATombstoneThatNobodyCanSee() throws Exception {
    done(claim(reserve("17"), FRESH));
    assertThat(ledger.delete(TICKET)).isTrue();
    assertThat(store.keys()).containsExactly("output/17/status.json");
    assertThat(ledger.read(TICKET)).isEmpty();
    assertThat(ledger.cancel(TICKET, "why")).isEmpty();
    assertThat(ledger.delete(TICKET)).isFalse();
  }

  @Test
  void aDeletedJobNeitherStartsNorCommits() throws Exception {
    var job = withBundle(BUNDLE);
    var running = claim(job, FRESH);
    ledger.delete(TICKET);
    assertThat(store.keys()).doesNotContain(BUNDLE);
    assertThat(ledger.begin(job, Claimant.of("w2"), FRESH)).isEqualTo(new Begin.Deleted());
    assertThat(ledger.begin(job, Claimant.of("w2"), REDELIVERED)).isEqualTo(new Begin.Deleted());
    assertThat(done(running)).isEqualTo(new Commit.Deleted());
    assertThat(ledger.read(TICKET)).isEmpty();
  }

  @Test
  void aDeleteThatBrokeOffIsFinishedByTheNext() throws Exception {
    done(claim(reserve("17"), FRESH));
    store.failNext(Operation.LIST, Fault.UNAVAILABLE);
    assertThatThrownBy(() -> ledger.delete(TICKET)).isInstanceOf(StoreFailure.Unavailable.class);
    assertThat(ledger.read(TICKET)).isEmpty();
    ledger.delete(TICKET);
    assertThat(store.keys()).containsExactly("output/17/status.json");
  }

  @Test
  void aTombstoneLastsAsLongAsAMessageCanCome() throws Exception {
    ledger.delete(reserve("17").ticket());
    assertThat(store.text("output/17/status.json"))
        .hasValueSatisfying(
            text -> assertThat(text).contains(START.plus(Duration.ofDays(7)).toString()));
  }

  @Test
  void anObjectThatDoosDidNotWriteIsNamed() throws Exception {
    store.put("output/17/status.json", "{}".getBytes(UTF_8));
    assertThatThrownBy(() -> ledger.read(TICKET))
        .isInstanceOf(LedgerDamaged.class)
        .hasMessageContaining("output/17/status.json");
  }

  // ---- small things

  private Status status() throws StoreFailure {
    return ledger.read(TICKET).orElseThrow();
  }

  private ErrorCode code() throws StoreFailure {
    return requireNonNull(status().error()).code();
  }

  private Result result() throws StoreFailure {
    return requireNonNull(status().result());
  }

  private JobRecord reserve(String ticket) throws Exception {
    return ledger.reserve(draws(ticket), JobLedgerTest::job);
  }

  private JobRecord withBundle(String bundle) throws Exception {
    store.put(bundle, new byte[1]);
    return ledger.reserve(
        draws("17"), ticket -> job(ticket, "a script", JobMessage.Limits.DEFAULT, bundle));
  }

  private Begin.Claimed claim(JobRecord job, Arrival arrival) throws StoreFailure {
    return (Begin.Claimed) ledger.begin(job, Claimant.of("w1"), arrival);
  }

  private Commit done(Begin.Claimed claimed) throws StoreFailure {
    var key = Keys.result(claimed.job().ticket(), claimed.attempt());
    store.put(key, new byte[1]);
    var result = new Result(key, 1, "0".repeat(64), List.of(), false);
    return ledger.commit(claimed, "w1", new Ending(State.DONE, null, result, null, null, null));
  }

  private static Supplier<Ticket> draws(String... tickets) {
    Iterator<String> next = List.of(tickets).iterator();
    return () -> new Ticket(next.next());
  }

  private static JobRecord job(Ticket ticket) {
    return job(ticket, "a script");
  }

  private static JobRecord job(Ticket ticket, String script) {
    return job(ticket, script, JobMessage.Limits.DEFAULT, null);
  }

  private static JobRecord job(
      Ticket ticket, String script, JobMessage.Limits limits, @Nullable String bundle) {
    var message =
        new JobMessage(
            ticket,
            new Work.RunMacro("main.script", "Main", List.of()),
            List.of(new InputFile.Stored("main.script", script)),
            bundle == null ? null : new Bundle(bundle, "0".repeat(64)),
            START,
            limits,
            null);
    return new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of());
  }
}
