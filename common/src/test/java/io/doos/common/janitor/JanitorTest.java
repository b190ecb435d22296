package io.doos.common.janitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.AttemptEnd;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Claimant;
import io.doos.common.ledger.Commit;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.Keys;
import io.doos.common.queue.Delivery;
import io.doos.common.queue.FakeBroker;
import io.doos.common.queue.Inbox;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each duty of a janitor; that they harm nobody, whenever they come, is the model's to show. */
final class JanitorTest {

  private static final Instant START = Instant.parse("2026-11-22T13:40:10Z");
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);
  private static final String BUNDLE = "bundle/8f1c03d9.zip";
  private static final Pool POOL = Pool.DEFAULT;

  private Instant now = START;
  private final FakeObjectStore store = new FakeObjectStore(() -> now);
  private final FakeBroker broker = new FakeBroker(() -> now, POOL);
  private final JobLedger ledger =
      new JobLedger(store, () -> now, new JobLedger.Rules(2, 5, RETENTION));
  private final Janitor janitor = janitor(Duration.ZERO);

  // ---- lost jobs

  @Test
  void aJobWhoseMessageWasLostIsPublishedAgain() throws Exception {
    submit("1");
    broker.purge(POOL);
    minutesLater(2);
    assertThat(broker.ready(POOL)).isEqualTo(1);
    var inbox = new Inbox<Delivery>();
    try (var _ = broker.deliveries().take(POOL, 1, inbox)) {
      var delivery = inbox.next();
      assertThat(delivery.arrival()).isEqualTo(Arrival.RECOVERED);
      assertThat(delivery.job().ticket()).isEqualTo(new Ticket("1"));
      delivery.ack();
    }
  }

  @Test
  void aJobOnItsWayToItsQueueIsNotLost() throws Exception {
    reserve("1", JobMessage.Limits.DEFAULT, null);
    now = now.plusSeconds(50);
    janitor.lookAfterOpenJobs();
    assertThat(broker.ready(POOL)).isZero();
  }

  @Test
  void ofAGatewayThatDiedBeforeItPublishedTheJobRunsUnseen() throws Exception {
    reserve("1", JobMessage.Limits.DEFAULT, null);
    minutesLater(2);
    assertThat(broker.ready(POOL)).isEqualTo(1);
  }

  @Test
  void whileOthersWaitBeforeItAJobIsPublishedAgainAfterOneTwoAndFourHoursOnly() throws Exception {
    submit("1");
    var published = new ArrayList<Integer>();
    for (var minute = 1; minute <= 300; minute++) {
      int before = broker.ready(POOL);
      minutesLater(1);
      if (broker.ready(POOL) > before) {
        published.add(minute);
      }
    }
    assertThat(published).containsExactly(60, 120, 240);
  }

  @Test
  void aLongQueueIsNotReadOverAndOver() throws Exception {
    for (var i = 0; i < 50; i++) {
      submit("job" + i);
    }
    minutesLater(2);
    var calls = new ArrayList<String>();
    store.interfere(call -> {
      calls.add(call.toString());
      return Fault.NONE;
    });
    minutesLater(1);
    assertThat(calls).hasSizeLessThan(5);
    broker.purge(POOL);
    minutesLater(1);
    assertThat(broker.ready(POOL)).as("looked at again once the queue is empty").isEqualTo(50);
  }

  @Test
  void aJobAtAWorkerIsLeftThereForAsLongAsItMayTake() throws Exception {
    var job = submit("1");
    broker.purge(POOL);
    claim(job);
    minutesLater(62); // 45 s and, waiting for an office, twice two attempts of 15 min; and 2 min
    assertThat(broker.ready(POOL)).isZero();
    minutesLater(1);
    assertThat(broker.ready(POOL)).isEqualTo(1);
  }

  @Test
  void aJobThatItsWorkerGaveBackIsLostSooner() throws Exception {
    var job = submit("1");
    broker.purge(POOL);
    ledger.end(claim(job), AttemptEnd.LINK_LOST);
    minutesLater(2);
    assertThat(broker.ready(POOL)).isEqualTo(1);
  }

  @Test
  void aClockThatIsWrongMakesNobodysJobLookLost() throws Exception {
    claim(submit("1"));
    broker.purge(POOL);
    now = now.plus(Duration.ofMinutes(2));
    janitor(Duration.ofHours(5)).lookAfterOpenJobs();
    assertThat(broker.ready(POOL)).isZero();
  }

  // ---- expired jobs

  @Test
  void aJobWhoseTimeHasPassedExpiresAndItsPublisherIsTold() throws Exception {
    var told = new Inbox<Status>();
    try (var _ = broker.events().subscribe(told)) {
      reserve("1", new JobMessage.Limits(START.plusSeconds(60), null, null), "answers");
      minutesLater(2);
      assertThat(told.next().state()).isEqualTo(State.EXPIRED);
    }
    assertThat(broker.replies()).extracting(FakeBroker.Reply::replyTo).containsExactly("answers");
    assertThat(state("1")).isEqualTo(State.EXPIRED);
    assertThat(broker.ready(POOL)).isZero();
  }

  @Test
  void aJobThatBeganInTimeDoesNotExpire() throws Exception {
    claim(reserve("1", new JobMessage.Limits(START.plusSeconds(60), null, null), null));
    minutesLater(10);
    assertThat(state("1")).isEqualTo(State.RUNNING);
  }

  @Test
  void aFastClockDoesNotExpireAJobEarly() throws Exception {
    reserve("1", new JobMessage.Limits(START.plus(Duration.ofHours(2)), null, null), null);
    janitor(Duration.ofHours(5)).lookAfterOpenJobs();
    assertThat(state("1")).isEqualTo(State.ENQUEUED);
  }

  // ---- what the dead left

  @Test
  void aRecordThatIsLeftBesideAStatusGoesAndSoDoesTheBundleOfADoneJob() throws Exception {
    done(claim(withBundle("1"))); // and its worker died before it tidied up
    assertThat(store.keys()).contains("input/1/job.json", BUNDLE);
    minutesLater(2);
    assertThat(store.keys()).doesNotContain("input/1/job.json", BUNDLE);
    assertThat(state("1")).isEqualTo(State.DONE);
  }

  // ---- retention

  @Test
  void anEndedJobIsKeptForItsRetentionThenGoesThenItsTombstoneGoes() throws Exception {
    done(claim(submit("1")));
    daysLater(7);
    assertThat(state("1")).isEqualTo(State.DONE);
    daysLater(1);
    assertThat(ledger.read(new Ticket("1"))).isEmpty();
    assertThat(kept()).containsExactly("output/1/status.json");
    daysLater(1);
    assertThat(kept()).isEmpty();
  }

  @Test
  void aLateMessageForAJobThatWasSweptRunsNothingWhileOneMayCome() throws Exception {
    var job =
        reserve("1", new JobMessage.Limits(START.plus(DAY.multipliedBy(30)), null, null), null);
    done(claim(job));
    daysLater(8);
    daysLater(1);
    assertThat(ledger.begin(job, Claimant.of("w2"), Arrival.REDELIVERED))
        .isEqualTo(new Begin.Deleted());
    daysLater(30);
    assertThat(kept()).isEmpty();
  }

  @Test
  void theBundleOfAFailedJobIsKeptAsLongAsTheJob() throws Exception {
    fail(claim(withBundle("1")));
    daysLater(7);
    assertThat(store.keys()).contains(BUNDLE);
    daysLater(1);
    assertThat(store.keys()).doesNotContain(BUNDLE);
  }

  @Test
  void aBundleThatNobodyCameForGoesButNotTheOneOfAJobThatStillWaits() throws Exception {
    withBundle("1");
    store.put("bundle/abandoned.zip", new byte[1]);
    daysLater(8);
    assertThat(store.keys()).contains(BUNDLE, "bundle/abandoned.zip");
    daysLater(1);
    assertThat(store.keys()).contains(BUNDLE).doesNotContain("bundle/abandoned.zip");
  }

  @Test
  void noBundleGoesWhileAJobCannotBeRead() throws Exception {
    store.put("bundle/abandoned.zip", new byte[1]);
    store.put("input/1/job.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    daysLater(9);
    assertThat(store.keys()).contains("bundle/abandoned.zip");
    store.delete("input/1/job.json");
    daysLater(1);
    assertThat(store.keys()).doesNotContain("bundle/abandoned.zip");
  }

  @Test
  void whatAWorkerLeftUnderATombstoneGoes() throws Exception {
    var claimed = claim(submit("1"));
    ledger.delete(new Ticket("1"));
    store.put("output/1/result-1.zip", new byte[1]);
    daysLater(1);
    assertThat(kept()).containsExactly("output/1/status.json");
    assertThat(done(claimed)).isEqualTo(new Commit.Deleted());
  }

  // ---- turns

  @Test
  void ofManyGatewaysOneHasTheMinuteAndOneTheDay() throws Exception {
    store.put("bundle/abandoned.zip", new byte[1]);
    now = now.plus(DAY.multipliedBy(30));
    submit("1");
    broker.purge(POOL);
    now = now.plus(Duration.ofMinutes(2));
    var looks = new ArrayList<String>();
    store.interfere(call -> {
      if (call.operation() == Operation.LIST) {
        looks.add(call.key());
      }
      return Fault.NONE;
    });
    for (var gateway = 0; gateway < 5; gateway++) {
      var each = janitor(Duration.ZERO);
      each.lookAfterOpenJobs();
      each.sweep();
    }
    assertThat(broker.ready(POOL)).isEqualTo(1);
    assertThat(looks).containsOnlyOnce("output/").containsOnlyOnce("bundle/");
  }

  @Test
  void turnsOfLongAgoLeaveNothingBehind() throws Exception {
    for (var minute = 0; minute < 100; minute++) {
      minutesLater(1);
    }
    daysLater(5);
    assertThat(store.keys()).filteredOn(key -> key.startsWith(Keys.JANITOR)).hasSizeLessThan(20);
  }

  @Test
  void anOutageOfTheStoreCostsATurnAndNoMore() throws Exception {
    submit("1");
    broker.purge(POOL);
    store.failNext(Operation.LIST, Fault.UNAVAILABLE);
    minutesLater(2);
    assertThat(broker.ready(POOL)).isZero();
    minutesLater(1);
    assertThat(broker.ready(POOL)).isEqualTo(1);
  }

  @Test
  void aDaysTurnThatFailedIsTakenUpAgain() throws Exception {
    done(claim(submit("1")));
    store.failNext(Operation.LIST, Fault.UNAVAILABLE);
    daysLater(8);
    assertThat(state("1")).isEqualTo(State.DONE);
    janitor.sweep();
    assertThat(ledger.read(new Ticket("1"))).isEmpty();
  }

  @Test
  void anOutageOfTheBrokerHoldsUpNoOtherDuty() throws Exception {
    reserve("1", JobMessage.Limits.DEFAULT, null);
    reserve("2", new JobMessage.Limits(START.plusSeconds(60), null, null), null);
    broker.goDown();
    minutesLater(2);
    assertThat(state("2")).isEqualTo(State.EXPIRED);
    broker.comeUp();
    minutesLater(1);
    assertThat(broker.ready(POOL)).isEqualTo(1);
  }

  @Test
  void aDamagedRecordIsLeftAloneAndKeepsNobodyElseFromBeingFound() throws Exception {
    store.put("input/0/job.json", "{}".getBytes(UTF_8));
    reserve("1", JobMessage.Limits.DEFAULT, null);
    minutesLater(2);
    assertThat(broker.ready(POOL)).isEqualTo(1);
    assertThat(store.keys()).contains("input/0/job.json");
  }

  @Test
  void startedItTakesItsFirstTurnAtOnceAndClosesAtOnce() throws Exception {
    reserve("1", JobMessage.Limits.DEFAULT, null);
    now = now.plus(Duration.ofMinutes(5));
    var inbox = new Inbox<Delivery>();
    try (var _ = broker.deliveries().take(POOL, 1, inbox);
        var started = janitor(Duration.ZERO)) {
      started.start();
      inbox.next().ack();
    }
  }

  // ---- small things

  private Janitor janitor(Duration skew) {
    return new Janitor(
        new Janitor.Config(RETENTION.plus(DAY)),
        store,
        new JobLedger(store, () -> now.plus(skew), new JobLedger.Rules(2, 5, RETENTION)).upkeep(),
        broker,
        () -> now.plus(skew));
  }

  private void minutesLater(int minutes) throws InterruptedException {
    now = now.plus(Duration.ofMinutes(minutes));
    janitor.lookAfterOpenJobs();
  }

  private void daysLater(int days) throws InterruptedException {
    now = now.plus(DAY.multipliedBy(days));
    janitor.sweep();
  }

  private State state(String ticket) throws Exception {
    return ledger.read(new Ticket(ticket)).orElseThrow().state();
  }

  private List<String> kept() {
    return store.keys().stream().filter(key -> !key.startsWith(Keys.JANITOR)).toList();
  }

  private JobRecord submit(String ticket) throws Exception {
    var job = reserve(ticket, JobMessage.Limits.DEFAULT, null);
    broker.jobs().publish(job);
    return job;
  }

  private JobRecord withBundle(String ticket) throws Exception {
    store.put(BUNDLE, new byte[1]);
    var bundle = new Bundle(BUNDLE, "0".repeat(64));
    return reserve(job(ticket, JobMessage.Limits.DEFAULT, bundle, null));
  }

  private JobRecord reserve(String ticket, JobMessage.Limits limits, @Nullable String replyTo)
      throws Exception {
    return reserve(job(ticket, limits, null, replyTo));
  }

  private JobRecord reserve(JobRecord job) throws Exception {
    return ledger.reserve(job::ticket, _ -> job);
  }

  private JobRecord job(
      String ticket, JobMessage.Limits limits, @Nullable Bundle bundle, @Nullable String replyTo) {
    var message =
        new JobMessage(
            new Ticket(ticket),
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(new InputFile.Inline(RunMacro.MAIN_SCRIPT, "Sub Main".getBytes(UTF_8))),
            bundle,
            now,
            limits,
            null);
    return new JobRecord(message, POOL, null, replyTo, null, Map.of());
  }

  private Begin.Claimed claim(JobRecord job) throws Exception {
    return (Begin.Claimed) ledger.begin(job, Claimant.of("w1"), Arrival.FRESH);
  }

  private Commit done(Begin.Claimed claimed) throws Exception {
    var key = Keys.result(claimed.job().ticket(), claimed.attempt());
    store.put(key, new byte[1]);
    var result = new Result(key, 1, "0".repeat(64), List.of(), false);
    return ledger.commit(claimed, "w1", new Ending(State.DONE, null, result, null, null, null));
  }

  private void fail(Begin.Claimed claimed) throws Exception {
    var error = JobError.of(ErrorCode.MACRO_ERROR, "no");
    ledger.commit(claimed, "w1", new Ending(State.FAILED, error, null, null, null, null));
  }
}
