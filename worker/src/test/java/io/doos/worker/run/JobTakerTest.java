package io.doos.worker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.Begin;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
    assertThat(store.text(Keys.job(new Ticket("1")))).isEmpty();
    taker.close();
    assertThat(broker.replies())
        .singleElement()
        .satisfies(reply -> assertThat(reply.status().state()).isEqualTo(State.DONE));
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

  private JobTaker taker() throws Exception {
    var runner = new JobRunner(ledger, store, broker.events(), withdrawals, script, "w1");
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
    var message =
        new JobMessage(
            new Ticket(ticket),
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(new InputFile.Inline(RunMacro.MAIN_SCRIPT, "Sub Main".getBytes(UTF_8))),
            null,
            NOW,
            JobMessage.Limits.DEFAULT,
            null);
    broker.jobs().publish(new JobRecord(message, POOL, null, replyTo, null, Map.of()));
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
    private final java.util.concurrent.atomic.AtomicInteger runs =
        new java.util.concurrent.atomic.AtomicInteger();

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
