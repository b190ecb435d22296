package io.doos.gateway.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Claimant;
import io.doos.common.ledger.Commit;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.Keys;
import io.doos.common.queue.FakeBroker;
import io.doos.common.queue.Jobs;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Call;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.gateway.access.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowingTest {

  private static final Ticket TICKET = new Ticket("17");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final InstantSource clock = InstantSource.system();
  private final FakeBroker broker = new FakeBroker(clock, Pool.DEFAULT);
  private final FakeObjectStore store = new FakeObjectStore(clock);
  private final JobLedger ledger =
      new JobLedger(store, clock, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
  private final JobNews news = new JobNews(broker.events());
  private final Following following =
      new Following(new Results(ledger, store, broker.control()), news);
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws Exception {
    news.start();
  }

  @AfterEach
  void stop() {
    news.close();
  }

  @Test
  void theEndOfAnOwnJobIsToldWithoutALookIntoTheStore() throws Exception {
    try (var own = following.own(Caller.ANYBODY)) {
      own.begin(TICKET);
      var end = ended(reserve(), Keys.result(TICKET, 1));
      watchStore();
      broker.events().publish(end);
      assertThat(own.untilFinal(PATIENCE, () -> true)).contains(end);
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void anOwnJobWhoseNewsAreLostIsLookedFor() throws Exception {
    try (var own = following.own(Caller.ANYBODY)) {
      own.begin(TICKET);
      var end = ended(reserve(), Keys.result(TICKET, 1));
      assertThat(own.untilFinal(PATIENCE, () -> true)).contains(end);
    }
  }

  @Test
  void anOwnJobThatTakesTooLongIsAnsweredAsItIs() throws Exception {
    try (var own = following.own(Caller.ANYBODY)) {
      own.begin(TICKET);
      reserve();
      assertThat(own.untilFinal(Duration.ofMillis(1), () -> true).map(Status::state))
          .contains(State.ENQUEUED);
    }
  }

  @Test
  void whoWaitsForAnyJobLooksOnceAndIsThenToldItsEnd() throws Exception {
    var job = reserve();
    watchStore();
    var waiting = started(() -> following.untilFinal(TICKET, Caller.ANYBODY, PATIENCE, () -> true));
    assertThat(calls.poll(60, TimeUnit.SECONDS)).isNotNull();
    var end = ended(job, Keys.result(TICKET, 1));
    broker.events().publish(end);
    assertThat(waiting.get(60, TimeUnit.SECONDS)).contains(end);
  }

  @Test
  void anEndThatNamesWhatIsNotTheJobsOwnIsNotBelieved() throws Exception {
    try (var own = following.own(Caller.ANYBODY)) {
      own.begin(TICKET);
      reserve();
      var elsewhere = new Ticket("18");
      var forged = ended(reserve(elsewhere), Keys.result(elsewhere, 1));
      broker
          .events()
          .publish(
              new Status(
                  TICKET,
                  forged.state(),
                  forged.run(),
                  forged.times(),
                  forged.result(),
                  null,
                  null,
                  null));
      assertThat(own.untilFinal(Duration.ofMillis(1), () -> true).map(Status::state))
          .contains(State.ENQUEUED);
    }
  }

  @Test
  void theEndOfSomebodyElsesJobIsNotTold() throws Exception {
    var job = reserve();
    var stranger = new Caller("eve", Optional.of("eve's"), Set.of(), Set.of(), OptionalInt.empty());
    broker.events().publish(ended(job, Keys.result(TICKET, 1)));
    assertThat(following.untilFinal(TICKET, stranger, PATIENCE, () -> true)).isEmpty();
  }

  private void watchStore() {
    store.interfere(call -> {
      calls.add(call);
      return Fault.NONE;
    });
  }

  private static <T> FutureTask<T> started(Callable<T> what) {
    var task = new FutureTask<>(what);
    Thread.ofVirtual().start(task);
    return task;
  }

  private JobRecord reserve() throws Exception {
    return reserve(TICKET);
  }

  private JobRecord reserve(Ticket ticket) throws Exception {
    return ledger.reserve(() -> ticket, drawn -> Jobs.submitted(drawn, Instant.now()));
  }

  private Status ended(JobRecord job, String object) throws Exception {
    var claimed = (Begin.Claimed) ledger.begin(job, Claimant.of("w1"), Arrival.FRESH);
    var result = new Result(object, 1, "0".repeat(64), List.of(), false);
    var commit =
        ledger.commit(claimed, "w1", new Ending(State.DONE, null, result, null, null, null));
    return ((Commit.Committed) commit).status();
  }
}
