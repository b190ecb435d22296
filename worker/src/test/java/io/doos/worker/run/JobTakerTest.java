package io.doos.worker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Claimant;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.Keys;
import io.doos.common.queue.FakeBroker;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job's life on a worker, with attempts that do what the test says. */
class JobTakerTest {

  private static final Pool POOL = Pool.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final FakeObjectStore store = new FakeObjectStore(CLOCK);
  private final FakeBroker broker = new FakeBroker(CLOCK, POOL);
  private final JobLedger ledger =
      new JobLedger(store, CLOCK, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
  private final Withdrawals withdrawals = new Withdrawals(ledger);
  private final BlockingQueue<Status> told = new LinkedBlockingQueue<>();
  private final Script script = new Script();
  private JobTaker taker;

  @BeforeEach
  void start() throws Exception {
    broker.events().subscribe(told::add);
    withdrawals.start();
    taker = taker();
  }

  @AfterEach
  void stop() {
    taker.close();
    withdrawals.close();
    assertThat(broker.unended()).isZero();
  }

  @Test
  void aJobRunsOnceAndItsStatusNamesItsResult() throws Exception {
    script.then((claimed, _) -> done(claimed));
    publish("1", "answers");
    var status = next();
    assertThat(status.state()).isEqualTo(State.DONE);
    assertThat(status.run().worker()).isEqualTo("w1");
    assertThat(ledger.read(new Ticket("1"))).contains(status);
    taker.close();
    assertThat(store.text(Keys.job(new Ticket("1")))).isEmpty();
    assertThat(broker.replies())
        .singleElement()
        .satisfies(reply -> assertThat(reply.status().state()).isEqualTo(State.DONE));
  }

  @Test
  void anEndIsToldBeforeAnythingIsTidiedUp() throws Exception {
    var isTold = new CountDownLatch(1);
    store.interfere(call -> {
      if (call.operation() == Operation.DELETE) {
        await(isTold);
      }
      return Fault.NONE;
    });
    script.then((claimed, running) -> {
      running.putOff(() -> await(isTold));
      return done(claimed);
    });
    publish("1", null);
    assertThat(next().state()).isEqualTo(State.DONE);
    assertThat(store.text(Keys.job(new Ticket("1")))).isPresent();
    isTold.countDown();
    taker.close();
    assertThat(store.text(Keys.job(new Ticket("1")))).isEmpty();
  }

  @Test
  void aJobThatCannotBeTidiedUpHasEndedAllTheSame() throws Exception {
    store.failNext(Operation.DELETE, Fault.UNAVAILABLE);
    script.then((claimed, _) -> done(claimed));
    publish("1", null);
    assertThat(next().state()).isEqualTo(State.DONE);
    taker.close();
    assertThat(broker.unended()).isZero();
    assertThat(store.text(Keys.job(new Ticket("1")))).as("left to the janitor").isPresent();
  }

  @Test
  void aJobWhoseOfficeDiesIsTriedAgain() throws Exception {
    script.then((_, _) -> died()).then((claimed, _) -> done(claimed));
    publish("1", null);
    assertThat(next().run().attempt()).isEqualTo(2);
  }

  @Test
  void aJobThatTakesEveryOfficeDownFailsAfterItsAttempts() throws Exception {
    script.then((_, _) -> died()).then((_, _) -> died());
    publish("1", null);
    assertThat(next().error()).extracting(JobError::code).isEqualTo(ErrorCode.OFFICE_CRASHED);
  }

  @Test
  void anOutageOfTheStoreHoldsAJobUpAndFailsNone() throws Exception {
    script.then((claimed, _) -> done(claimed));
    store.failNext(Operation.READ, Fault.UNAVAILABLE);
    store.failNext(Operation.CREATE, Fault.ANSWER_LOST);
    publish("1", null);
    assertThat(next().state()).isEqualTo(State.DONE);
  }

  @Test
  void aLostDeliveryIsStoppedAndRunsAgainUncharged() throws Exception {
    script
        .then((_, running) -> {
          broker.loseChannels();
          return untilStopped(running);
        })
        .then((claimed, _) -> done(claimed));
    publish("1", null);
    var status = next();
    assertThat(status.state()).isEqualTo(State.DONE);
    assertThat(status.run().attempt()).isEqualTo(2);
    taker.close(); // the first attempt may still be recording its end
    assertThat(store.text(Keys.end(new Ticket("1"), 1)))
        .hasValueSatisfying(e -> assertThat(e).contains("LINK_LOST"));
  }

  @Test
  void aFrozenWorkerThatThawsAfterAnotherFinishedChangesNothing() throws Exception {
    var ticket = new Ticket("1");
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    script
        .then((claimed, _) -> {
          frozen.countDown();
          thaw.await();
          return done(claimed);
        })
        .then((claimed, _) -> done(claimed));
    publish("1", null);
    frozen.await();
    broker.loseChannels();
    var status = next();
    assertThat(status.run().attempt()).isEqualTo(2);
    store.interfere(call -> {
      if (call.key().equals(Keys.end(ticket, 1))) {
        ended.countDown();
      }
      return Fault.NONE;
    });
    thaw.countDown();
    ended.await();
    taker.close();
    assertThat(ledger.read(ticket)).contains(status);
    assertThat(told).as("nothing is told of the frozen one").isEmpty();
  }

  @Test
  void aWorkerThatFreezesInTheMiddleOfItsCommitComesTooLate() throws Exception {
    var ticket = new Ticket("1");
    var commits = new AtomicInteger();
    var frozen = new CountDownLatch(1);
    var thaw = new CountDownLatch(1);
    store.interfere(call -> {
      if (call.operation() == Operation.CREATE
          && call.key().equals(Keys.status(ticket))
          && commits.incrementAndGet() == 1) {
        frozen.countDown();
        await(thaw);
      }
      return Fault.NONE;
    });
    script.then((claimed, _) -> stored(claimed)).then((claimed, _) -> stored(claimed));
    publish("1", null);
    frozen.await();
    broker.loseChannels();
    var status = next();
    assertThat(status.run().attempt()).isEqualTo(2);
    thaw.countDown();
    taker.close();
    assertThat(ledger.read(ticket)).contains(status);
    assertThat(store.keys())
        .contains(Keys.result(ticket, 2))
        .doesNotContain(Keys.result(ticket, 1));
  }

  @Test
  void aJobThatLosesEveryWorkerFailsAfterFive() throws Exception {
    var ticket = new Ticket("1");
    store.interfere(
        call -> // as if they were dead, none can tell of its end
        call.key().contains("/end-") ? Fault.UNAVAILABLE : Fault.NONE);
    for (int lost = 0; lost < 5; lost++) {
      script.then((_, running) -> {
        broker.loseChannels();
        return untilStopped(running);
      });
    }
    publish("1", null);
    assertThat(next().error()).extracting(JobError::code).isEqualTo(ErrorCode.WORKER_LOST);
    assertThat(ledger.read(ticket).orElseThrow().state()).isEqualTo(State.FAILED);
  }

  @Test
  void aStoreThatFailsAfterEachClaimChargesNobody() throws Exception {
    var failures = new AtomicInteger();
    store.interfere(call ->
        call.operation() == Operation.READ
                && call.key().equals(Keys.status(new Ticket("1")))
                && failures.incrementAndGet() <= 2
            ? Fault.UNAVAILABLE
            : Fault.NONE);
    script.then((claimed, _) -> done(claimed));
    publish("1", null);
    var status = next();
    assertThat(status.state()).isEqualTo(State.DONE);
    assertThat(status.run().attempt()).isEqualTo(1);
  }

  @Test
  void aWorkerInTroubleHandsItsJobBack() throws Exception {
    script
        .then((_, _) -> {
          throw new NoClassDefFoundError("as planned");
        })
        .then((claimed, _) -> done(claimed));
    publish("1", null);
    assertThat(next().run().attempt()).isEqualTo(2);
  }

  @Test
  void aJobThatWasCancelledWhileItWaitedNeverStarts() throws Exception {
    taker.close();
    publish("1", "answers");
    publish("2", null);
    ledger.begin(record("1", null), Claimant.of("nobody"), Arrival.FRESH); // recorded, and lost
    ledger.cancel(new Ticket("1"), "not wanted");
    script.then((claimed, _) -> done(claimed));
    taker = taker(); // as after a restart of everything
    assertThat(List.of(next().state(), next().state()))
        .containsExactlyInAnyOrder(State.CANCELLED, State.DONE);
    assertThat(script.runs()).isEqualTo(1);
  }

  @Test
  void aWithdrawnJobIsStoppedAtTheHintAndItsEndIsTold() throws Exception {
    var ticket = new Ticket("1");
    script.then((_, running) -> {
      ledger.cancel(ticket, "not wanted");
      withdrawals.hint(ticket);
      return untilStopped(running);
    });
    publish("1", null);
    script.awaitAll();
    assertThat(next().state()).isEqualTo(State.CANCELLED);
    taker.close();
    assertThat(ledger.read(ticket).orElseThrow().state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aWorkerThatStopsHandsBackWhatDoesNotFinish() throws Exception {
    script.then((_, running) -> {
      told.add(running());
      return untilStopped(running);
    });
    publish("1", null);
    next();
    taker.close();
    assertThat(broker.ready(POOL)).isEqualTo(1);
    assertThat(store.text(Keys.end(new Ticket("1"), 1)))
        .hasValueSatisfying(e -> assertThat(e).contains("HANDED_BACK"));
    script.then((claimed, _) -> done(claimed));
    taker = taker();
    assertThat(next().state()).isEqualTo(State.DONE);
  }

  @Test
  void aMessageThatMakesNoSenseIsParkedOnceWithTheReason() throws Exception {
    broker.publishRaw(POOL, "{\"ticket\":\"t-1\"}".getBytes(UTF_8), null, Map.of());
    assertThat(next().error()).extracting(JobError::code).isEqualTo(ErrorCode.BAD_JOB);
    taker.close();
    assertThat(broker.parked())
        .singleElement()
        .satisfies(p -> assertThat(p.reason()).contains("'work' is missing"));
    assertThat(ledger.read(new Ticket("t-1")).orElseThrow().state()).isEqualTo(State.FAILED);
  }

  @Test
  void aFaultOfOurOwnEndsTheJobInternal() throws Exception {
    script.then((_, _) -> {
      throw new IllegalStateException("a bug");
    });
    publish("1", null);
    assertThat(next().error()).extracting(JobError::code).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void theSameTicketPublishedTenTimesRunsOnce() throws Exception {
    script.then((claimed, _) -> done(claimed));
    for (int i = 0; i < 10; i++) {
      publish("1", null);
    }
    assertThat(next().state()).isEqualTo(State.DONE);
    taker.close();
    assertThat(script.runs()).isEqualTo(1);
  }

  @Test
  void whoIsPausedTakesNothingButDoesWhatItHas() throws Exception {
    var go = new CountDownLatch(1);
    script
        .then((claimed, _) -> {
          told.add(running());
          await(go);
          return done(claimed);
        })
        .then((claimed, _) -> done(claimed));
    publish("1", null);
    next();
    taker.pause();
    taker.pause();
    assertThat(taker.mode()).isEqualTo(JobTaker.Mode.PAUSED);
    assertThat(taker.inHand()).isEqualTo(1);
    publish("2", null);
    go.countDown();
    assertThat(next().ticket()).isEqualTo(new Ticket("1"));
    assertThat(broker.ready(POOL)).isEqualTo(1);
    taker.resume();
    taker.resume();
    assertThat(taker.mode()).isEqualTo(JobTaker.Mode.TAKING);
    assertThat(next().ticket()).isEqualTo(new Ticket("2"));
    assertThat(script.runs()).isEqualTo(2);
  }

  @Test
  void whoDrainsGivesBackWhatNoOfficeHasBegun() throws Exception {
    script.then((_, running) -> {
      told.add(running());
      return untilStopped(running);
    });
    publish("1", null);
    next();
    taker.drain();
    script.awaitAll();
    assertThat(becomesTrue(() -> taker.mode() == JobTaker.Mode.PAUSED)).isTrue();
    assertThat(becomesTrue(() -> broker.ready(POOL) == 1)).isTrue();
    script.then((claimed, _) -> done(claimed));
    taker.resume();
    assertThat(next().state()).isEqualTo(State.DONE);
  }

  @Test
  void whoIsClosedIsNotResumed() throws Exception {
    taker.pause();
    taker.close();
    taker.resume();
    publish("1", null);
    assertThat(broker.ready(POOL)).isEqualTo(1);
    assertThat(script.runs()).isZero();
  }

  private static boolean becomesTrue(java.util.function.BooleanSupplier condition) {
    var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < until) {
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    return condition.getAsBoolean();
  }

  private JobTaker taker() throws Exception {
    var runner =
        new JobRunner(ledger, store, broker.events(), withdrawals, script, "w1", JobMeter.NONE);
    var taking =
        new JobTaker(
            broker.deliveries(),
            runner,
            new JobTaker.Config(POOL, 3, Duration.ofMinutes(1), Duration.ofMillis(1)));
    taking.start();
    return taking;
  }

  private void publish(String ticket, @org.jspecify.annotations.Nullable String replyTo)
      throws Exception {
    broker.jobs().publish(record(ticket, replyTo));
  }

  private static JobRecord record(
      String ticket, @org.jspecify.annotations.Nullable String replyTo) {
    var message =
        new JobMessage(
            new Ticket(ticket),
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(new InputFile.Inline(RunMacro.MAIN_SCRIPT, "Sub Main".getBytes(UTF_8))),
            null,
            NOW,
            JobMessage.Limits.DEFAULT,
            null);
    return new JobRecord(message, POOL, null, replyTo, null, Map.of());
  }

  private Status next() throws InterruptedException {
    var status = told.poll(20, TimeUnit.SECONDS);
    assertThat(status).as("an event within 20 s").isNotNull();
    return java.util.Objects.requireNonNull(status);
  }

  /** A status that no event has: tells the test that an attempt is under way. */
  private static Status running() {
    return new Status(
        new Ticket("running"),
        State.RUNNING,
        new Status.Run(1, 2, "w1", null),
        new Status.Times(NOW, NOW, null),
        null,
        null,
        null,
        null);
  }

  private static Attempt.Report done(Begin.Claimed claimed) {
    var result =
        new Result(Keys.result(claimed.job().ticket(), claimed.attempt()), 0, "", List.of(), false);
    return new Attempt.Ran(new Ending(State.DONE, null, result, null, null, "7.4"));
  }

  private Attempt.Report stored(Begin.Claimed claimed) throws Exception {
    store.put(Keys.result(claimed.job().ticket(), claimed.attempt()), new byte[0]);
    return done(claimed);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Attempt.Report died() {
    var error = JobError.of(ErrorCode.OFFICE_CRASHED, "it died");
    return new Attempt.OfficeDied(new Ending(State.FAILED, error, null, null, null, "7.4"));
  }

  private static Attempt.Report untilStopped(RunningJob running)
      throws StoppedException, InterruptedException {
    running.pause(Duration.ofSeconds(20));
    throw new AssertionError("it was not stopped");
  }

  /** An attempt as a test writes it. */
  private interface Act {
    Attempt.Report play(Begin.Claimed claimed, RunningJob running) throws Exception;
  }

  /** Plays the acts that the test wrote, in order. */
  private static final class Script implements Attempt {
    private final BlockingQueue<Act> acts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();
    private final AtomicInteger runs = new AtomicInteger();

    Script then(Act act) {
      acts.add(act);
      return this;
    }

    int runs() {
      return runs.get();
    }

    void awaitAll() throws InterruptedException {
      assertThat(ended.poll(20, TimeUnit.SECONDS)).isNotNull();
    }

    @Override
    public Report run(Begin.Claimed claimed, RunningJob running)
        throws StoppedException, InterruptedException {
      runs.incrementAndGet();
      var act =
          java.util.Objects.requireNonNull(acts.poll(), "an attempt that the test did not expect");
      try {
        return act.play(claimed, running);
      } catch (StoppedException | InterruptedException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        ended.add(runs.get());
      }
    }
  }
}
