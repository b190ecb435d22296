package io.doos.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.crew.OfficeNews;
import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerOrder;
import io.doos.common.crew.WorkerState;
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
import java.util.List;
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
  void aJobThatWasTakenHereIsOpenUntilItsEndIsHeard() throws Exception {
    take("a");
    take("b");
    broker.workers().tell(working("w-7", "b"));
    assertThat(described()).containsExactly("a ENQUEUED ", "b RUNNING w-7");
    assertThat(found(new JobFilter(Optional.of(State.ENQUEUED), "", "", "", "", "")))
        .isEqualTo("a");
    assertThat(found(new JobFilter(Optional.of(State.RUNNING), "macro", "default", "", "w-7", "B")))
        .isEqualTo("b");
    assertThat(watch.view().remembered()).isEqualTo(2);
    assertThat(watch.view().latency()).isEmpty();
    hear("b", State.DONE, "macro");
    take("b");
    assertThat(described()).containsExactly("a ENQUEUED ", "b DONE w");
    assertThat(watch.view().remembered()).isEqualTo(2);
  }

  @Test
  void aJobThatWasWithdrawnWaitsNoMore() throws Exception {
    take("a");
    broker.control().publishWithdrawn(new Ticket("a"));
    assertThat(described()).isEmpty();
  }

  @Test
  void theNewestComesFirstWhetherItWaitsOrEnded() throws Exception {
    for (var ticket : List.of("1", "2", "3", "4")) {
      now = now.plusSeconds(10);
      if (ticket.equals("2") || ticket.equals("4")) {
        take(ticket);
      } else {
        hear(ticket, State.DONE, "macro");
      }
    }
    assertThat(found(JobFilter.ALL)).isEqualTo("4 3 2 1");
    assertThat(watch.recent(JobFilter.ALL, 2))
        .extracting(job -> job.ticket().value())
        .containsExactly("4", "3");
  }

  @Test
  void aFloodOfWaitingJobsLeavesRoomForThoseThatEnded() throws Exception {
    for (var i = 0; i < RecentJobs.MOST; i++) {
      hear("t" + i, State.DONE, "macro");
    }
    for (var i = 0; i < RecentJobs.MOST + 5; i++) {
      take("w" + i);
    }
    assertThat(watch.view().remembered()).isEqualTo(RecentJobs.MOST);
    assertThat(watch.view().latency().orElseThrow().jobs()).isEqualTo(RecentJobs.MOST / 2);
    var waiting = new JobFilter(Optional.of(State.ENQUEUED), "", "", "", "", "");
    assertThat(watch.recent(waiting, RecentJobs.MOST)).hasSize(RecentJobs.MOST / 2);
  }

  @Test
  void noMoreThanTenThousandAreRemembered() {
    for (var i = 0; i < RecentJobs.MOST + 5; i++) {
      hear("t" + i, State.DONE, "macro");
    }
    assertThat(watch.view().remembered()).isEqualTo(RecentJobs.MOST);
    assertThat(watch.recent(JobFilter.ALL, 1).getFirst().ticket().value())
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

  private void take(String ticket) {
    watch.taken(Jobs.submitted(new Ticket(ticket), now));
  }

  private List<String> described() {
    return watch.recent(JobFilter.ALL, 10).stream()
        .map(job -> job.ticket() + " " + job.state() + " " + job.worker().orElse(""))
        .sorted()
        .toList();
  }

  private WorkerNews working(String worker, String ticket) {
    var job = new OfficeNews.Current(new Ticket(ticket), now);
    return new WorkerNews(
        worker,
        Pool.DEFAULT,
        WorkerState.READY,
        now,
        now,
        new WorkerNews.Versions("0.1.0", null),
        null,
        List.of(new OfficeNews(0, 1, "LEASED", 1, now, 0, null, job)),
        List.of(),
        1);
  }

  private String found(JobFilter filter) {
    return String.join(
        " ", watch.recent(filter, 10).stream().map(job -> job.ticket().value()).toList());
  }

  private void hear(String ticket, State state, String kind) {
    var error = state == State.DONE ? null : JobError.of(ErrorCode.TIMEOUT, "too slow");
    var result =
        state == State.DONE ? new io.doos.common.status.Result("r", 0, "", List.of(), false) : null;
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
