package io.doos.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.crew.WorkerOrder;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.FakeBroker;
import io.doos.common.queue.Inbox;
import io.doos.common.queue.JobFacts;
import io.doos.common.queue.Jobs;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.FakeObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FarmWatchTest {

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final InstantSource clock = () -> now;
  private final FakeBroker broker = new FakeBroker(clock, Pool.DEFAULT);
  private final FakeObjectStore store = new FakeObjectStore(clock);
  private final JobLedger ledger =
      new JobLedger(store, clock, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
  private final Metrics metrics = new Metrics();
  private final FarmWatch watch = new FarmWatch(broker, store, ledger, metrics, clock);
  private final AtomicInteger drawn = new AtomicInteger();

  @BeforeEach
  void start() throws Exception {
    watch.start();
  }

  @AfterEach
  void stop() {
    watch.close();
    metrics.close();
  }

  @Test
  void whatWaitsAndForHowLongIsSeen() throws Exception {
    var job =
        ledger.reserve(
            () -> new Ticket("t" + drawn.incrementAndGet()), ticket -> Jobs.submitted(ticket, now));
    broker.jobs().publish(job);
    now = now.plusSeconds(30);
    var pool = watch.view().pools().getFirst();
    assertThat(pool.pool()).isEqualTo(Pool.DEFAULT);
    assertThat(pool.waiting()).hasValue(1);
    assertThat(pool.oldest()).contains(Duration.ofSeconds(30));
    assertThat(metrics.openMetrics())
        .contains("doos_queue_jobs{pool=\"default\"} 1.0")
        .contains("doos_oldest_job_seconds{pool=\"default\"} 30.0");
  }

  @Test
  void aBrokerThatIsAwayIsSaidNotGuessed() {
    broker.goDown();
    assertThat(watch.view().pools().getFirst().waiting()).isEmpty();
    assertThat(watch.view().dead()).isEmpty();
  }

  @Test
  void eachEndIsHeardOnceHoweverOftenItIsTold() {
    hear("a", State.DONE, "macro");
    hear("a", State.DONE, "macro");
    hear("b", State.FAILED, "convert");
    var view = watch.view();
    assertThat(view.remembered()).isEqualTo(2);
    assertThat(view.lastHour()).hasSize(60);
    assertThat(view.lastHour().getLast().done()).isEqualTo(1);
    assertThat(view.lastHour().getLast().failed()).isEqualTo(1);
    assertThat(view.latency().orElseThrow().p50()).isEqualTo(Duration.ofSeconds(2));
    assertThat(metrics.openMetrics())
        .contains("doos_job_ends_heard_total{outcome=\"failed\",pool=\"default\"} 1.0");
    now = now.plus(Duration.ofMinutes(61));
    assertThat(watch.view().lastHour()).allMatch(minute -> minute.done() == 0);
    assertThat(watch.view().latency()).isEmpty();
  }

  @Test
  void jobsAreFoundByWhatTheyAre() {
    hear("a1", State.DONE, "macro");
    hear("b2", State.FAILED, "convert");
    assertThat(found(new JobFilter(Optional.of(State.FAILED), "", "", "", "", ""))).isEqualTo("b2");
    assertThat(found(new JobFilter(Optional.empty(), "macro", "", "", "", ""))).isEqualTo("a1");
    assertThat(found(new JobFilter(Optional.empty(), "", "default", "", "w", "")))
        .isEqualTo("b2 a1");
    assertThat(found(new JobFilter(Optional.empty(), "", "", "acme", "", ""))).isEmpty();
    assertThat(found(new JobFilter(Optional.empty(), "", "", "", "", "TOO SLOW"))).isEqualTo("b2");
    assertThat(found(new JobFilter(Optional.empty(), "", "", "", "", "A1"))).isEqualTo("a1");
  }

  @Test
  void noMoreThanTenThousandAreRemembered() {
    for (var i = 0; i < RecentJobs.MOST + 5; i++) {
      hear("t" + i, State.DONE, "macro");
    }
    assertThat(watch.view().remembered()).isEqualTo(RecentJobs.MOST);
    assertThat(watch.ended(JobFilter.ALL, 1).getFirst().ticket().value())
        .isEqualTo("t" + (RecentJobs.MOST + 4));
  }

  @Test
  void ordersReachTheWorkers() throws Exception {
    var orders = new Inbox<WorkerOrder>();
    broker.workers().obey(orders);
    var order = new WorkerOrder(WorkerOrder.What.PAUSE, new WorkerOrder.AllOf(Pool.DEFAULT));
    watch.order(order);
    assertThat(orders.next()).isEqualTo(order);
  }

  private String found(JobFilter filter) {
    return String.join(
        " ", watch.ended(filter, 10).stream().map(job -> job.ticket().value()).toList());
  }

  private void hear(String ticket, State state, String kind) {
    var error = state == State.DONE ? null : JobError.of(ErrorCode.TIMEOUT, "too slow");
    var result =
        state == State.DONE
            ? new io.doos.common.status.Result("r", 0, "", java.util.List.of(), false)
            : null;
    broker
        .events()
        .publish(
            new Status(
                new Ticket(ticket),
                state,
                new Status.Run(1, 2, "w", null),
                new Status.Times(now.minusSeconds(2), now, now),
                result,
                null,
                error,
                null),
            new JobFacts(Optional.of(kind), Optional.of(Pool.DEFAULT), Optional.empty()));
  }
}
