package io.doos.common.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerOrder;
import io.doos.common.crew.WorkerOrder.What;
import io.doos.common.job.BadJobException;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} promises; run on the fake and on real ones. */
public interface BrokerContract {

  /** The broker under test, always the same one within a test. */
  Broker broker();

  /** Puts any bytes into a pool's queue, as a direct publisher could. */
  void publishRaw(Pool pool, byte[] body, @Nullable String type, Map<String, Object> headers)
      throws Exception;

  /** Waits for the next message in {@code doos.dead} and answers why it is there. */
  String nextParkedReason() throws Exception;

  /** A queue that can be replied to. */
  String newReplyQueue() throws Exception;

  /** Waits for the next reply in that queue: its correlation id and body. */
  Map.Entry<String, byte[]> nextReply(String queue) throws Exception;

  private Deliveries.Subscription take(Pool pool, int limit, Inbox<Delivery> inbox)
      throws BrokerFailure {
    return broker().deliveries().take(pool, limit, inbox);
  }

  private Pool knownPool() throws BrokerFailure {
    var pool = Jobs.newPool();
    take(pool, 1, new Inbox<>()).close();
    return pool;
  }

  private void publish(Pool pool, String... tickets) throws Exception {
    for (var ticket : tickets) {
      broker().jobs().publish(Jobs.job(pool, ticket));
    }
  }

  private static String ticketOf(Delivery delivery) throws BadJobException {
    return delivery.job().ticket().value();
  }

  @Test
  default void aPublishedJobArrivesWithAllThatItsPublisherSaid() throws Exception {
    var pool = knownPool();
    var job =
        new JobRecord(
            Jobs.message("t1"), pool, 7, "answers", "c-1", Map.of("traceparent", "00-ab-cd-01"));
    broker().jobs().publish(job);
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 1, inbox)) {
      var delivery = inbox.next();
      assertThat(delivery.pool()).isEqualTo(pool);
      assertThat(delivery.isFresh()).isTrue();
      assertThat(delivery.isLost()).isFalse();
      var arrived = delivery.job();
      assertThat(arrived.message().ticket()).isEqualTo(new Ticket("t1"));
      assertThat(arrived.message().submittedAt()).isEqualTo(job.message().submittedAt());
      assertThat(arrived.priority()).isEqualTo(7);
      assertThat(arrived.replyTo()).isEqualTo("answers");
      assertThat(arrived.correlationId()).isEqualTo("c-1");
      assertThat(arrived.headers()).containsExactlyEntriesOf(job.headers());
      delivery.ack();
    }
  }

  @Test
  default void aPoolThatNoWorkerEverServedIsNoSuchPool() {
    assertThatThrownBy(() -> publish(Jobs.newPool(), "t1"))
        .isInstanceOf(BrokerFailure.NoSuchPool.class)
        .hasMessageContaining("no queue takes jobs of pool");
  }

  @Test
  default void aJobTooLargeForItsMessageIsNotPublished() throws Exception {
    var pool = knownPool();
    var file =
        new io.doos.common.job.InputFile.Inline("main.script", new byte[JobMessage.MAX_BYTES]);
    var small = Jobs.message("t1");
    var large =
        new JobMessage(
            small.ticket(),
            small.work(),
            List.of(file),
            null,
            small.submittedAt(),
            small.limits(),
            null);
    assertThatThrownBy(
            () -> broker().jobs().publish(new JobRecord(large, pool, null, null, null, Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 262144");
  }

  @Test
  default void manyPublishersAtOnceLoseNothing() throws Exception {
    var pool = knownPool();
    try (var publishers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> published = new ArrayList<>();
      for (var i = 0; i < 200; i++) {
        var ticket = "t" + i;
        published.add(
            publishers.submit(() -> {
              publish(pool, ticket);
              return null;
            }));
      }
      for (var each : published) {
        each.get();
      }
    }
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 200, inbox)) {
      var tickets = new ArrayList<String>();
      for (var delivery : inbox.next(200)) {
        tickets.add(ticketOf(delivery));
        delivery.ack();
      }
      assertThat(tickets)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 200).mapToObj(i -> "t" + i).toList());
    }
  }

  @Test
  default void noMoreThanTheLimitAreInHandAtATime() throws Exception {
    var pool = knownPool();
    publish(pool, "t1", "t2", "t3", "t4");
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 2, inbox)) {
      var inHand = inbox.next(2);
      var other = new Inbox<Delivery>();
      try (var _ = take(pool, 2, other)) { // the rest is still in the queue for somebody else
        assertThat(other.next(2))
            .extracting(d -> ticketOf(d))
            .containsExactlyInAnyOrder("t3", "t4");
      }
      assertThat(inbox.size()).isZero();
      inHand.getFirst().ack();
      assertThat(inbox.next().isFresh()).isFalse();
    }
  }

  @Test
  default void anAckedJobIsGone() throws Exception {
    var pool = knownPool();
    publish(pool, "t1");
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 1, inbox)) {
      inbox.next().ack();
    }
    publish(pool, "t2");
    try (var _ = take(pool, 1, inbox)) {
      assertThat(ticketOf(inbox.next())).isEqualTo("t2");
    }
  }

  @Test
  default void aSecondEndOfADeliveryDoesNothing() throws Exception {
    var pool = knownPool();
    publish(pool, "t1", "t2");
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 1, inbox)) {
      var first = inbox.next();
      first.ack();
      first.ack();
      first.requeue();
      first.park("no");
      assertThat(ticketOf(inbox.next())).isEqualTo("t2");
    }
  }

  @Test
  default void aRequeuedJobComesAgainNoLongerFresh() throws Exception {
    var pool = knownPool();
    publish(pool, "t1");
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 1, inbox)) {
      for (var i = 0; i < 30; i++) { // more often than RabbitMQ 4 allows by default
        inbox.next().requeue();
      }
      var again = inbox.next();
      assertThat(ticketOf(again)).isEqualTo("t1");
      assertThat(again.isFresh()).isFalse();
      again.ack();
    }
  }

  @Test
  default void aJobThatAJanitorPublishedAgainIsNotFresh() throws Exception {
    var pool = knownPool();
    broker()
        .jobs()
        .publish(
            new JobRecord(
                Jobs.message("t1"),
                pool,
                null,
                null,
                null,
                Map.of(Topology.RECOVERED_HEADER, "true")));
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 1, inbox)) {
      var delivery = inbox.next();
      assertThat(delivery.isFresh()).isFalse();
      assertThat(delivery.job().headers()).isEmpty();
      delivery.ack();
    }
  }

  @Test
  default void aJanitorsMessageThatComesOnceMoreIsARedelivery() throws Exception {
    var pool = knownPool();
    var headers = Map.of(Topology.RECOVERED_HEADER, "true");
    broker().jobs().publish(new JobRecord(Jobs.message("t1"), pool, null, null, null, headers));
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 1, inbox)) {
      var first = inbox.next();
      assertThat(first.arrival()).isEqualTo(Arrival.RECOVERED);
      first.requeue();
      var again = inbox.next();
      assertThat(again.arrival()).isEqualTo(Arrival.REDELIVERED);
      again.ack();
    }
  }

  @Test
  default void theBrokerTellsHowManyJobsWait() throws Exception {
    var pool = knownPool();
    assertThat(broker().queues().ready(pool)).isZero();
    publish(pool, "t1", "t2");
    assertThat(broker().queues().ready(pool)).isEqualTo(2);
    assertThatThrownBy(() -> broker().queues().ready(Jobs.newPool()))
        .isInstanceOf(BrokerFailure.NoSuchPool.class);
    assertThat(broker().queues().ready(pool)).as("asked again").isEqualTo(2);
  }

  @Test
  default void whatACloseLeftUnendedIsLostAndGoesToAnother() throws Exception {
    var pool = knownPool();
    publish(pool, "t1");
    var inbox = new Inbox<Delivery>();
    var lost = new CountDownLatch(2);
    Delivery delivery;
    try (var _ = take(pool, 1, inbox)) {
      delivery = inbox.next();
      delivery.onLost(lost::countDown);
    }
    assertThat(delivery.isLost()).isTrue();
    delivery.onLost(lost::countDown);
    lost.await();
    delivery.ack();
    try (var _ = take(pool, 1, inbox)) {
      var again = inbox.next();
      assertThat(ticketOf(again)).isEqualTo("t1");
      assertThat(again.isFresh()).isFalse();
      again.ack();
    }
  }

  @Test
  default void aStoppedSubscriptionTakesNoMoreButEndsWhatItHas() throws Exception {
    var pool = knownPool();
    publish(pool, "t1");
    var inbox = new Inbox<Delivery>();
    try (var subscription = take(pool, 5, inbox)) {
      var inHand = inbox.next();
      subscription.stop();
      subscription.stop();
      var other = new Inbox<Delivery>();
      try (var _ = take(pool, 5, other)) {
        publish(pool, "t2", "t3");
        assertThat(other.next(2))
            .extracting(d -> ticketOf(d))
            .containsExactlyInAnyOrder("t2", "t3");
        assertThat(inHand.isLost()).isFalse();
        inHand.requeue();
        assertThat(ticketOf(other.next())).isEqualTo("t1");
      }
      assertThat(inbox.size()).isZero();
    }
  }

  @Test
  default void aTakerThatFailsHandsItsJobBack() throws Exception {
    var pool = knownPool();
    publish(pool, "t1");
    var inbox = new Inbox<Delivery>();
    var first = new CountDownLatch(1);
    try (var _ =
        broker()
            .deliveries()
            .take(
                pool,
                1,
                delivery -> {
                  if (first.getCount() > 0) {
                    first.countDown();
                    throw new IllegalStateException("a taker that fails, as a test asked");
                  }
                  inbox.accept(delivery);
                })) {
      assertThat(ticketOf(inbox.next())).isEqualTo("t1");
    }
  }

  @Test
  default void whatIsNoJobMessageSaysSoAndIsParkedOnceWithTheReason() throws Exception {
    var pool = knownPool();
    publishRaw(pool, "{\"ticket\":\"t1\"}".getBytes(UTF_8), "doos.job.v9", Map.of("a", "b"));
    publishRaw(pool, "{\"ticket\"".getBytes(UTF_8), null, Map.of());
    publishRaw(pool, new byte[300 * 1024], null, Map.of());
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 1, inbox)) {
      var expected = List.of("'doos.job.v9', expected doos.job.v1", "not JSON", "307200 bytes");
      for (var reason : expected) {
        var delivery = inbox.next();
        assertThatThrownBy(delivery::job)
            .hasMessageContaining(reason)
            .asInstanceOf(type(BadJobException.class))
            .extracting(e -> e.ticket().isPresent())
            .isEqualTo(reason.contains("v9"));
        delivery.park(reason);
        assertThat(nextParkedReason()).isEqualTo(reason);
      }
      publish(pool, "t2");
      assertThat(ticketOf(inbox.next())).isEqualTo("t2");
    }
  }

  @Test
  default void everySubscriberHearsOfEveryJob() throws Exception {
    var one = new Inbox<Status>();
    var two = new Inbox<Status>();
    var ticket = UUID.randomUUID().toString();
    try (var _ = broker().events().subscribe(one);
        var _ = broker().events().subscribe(two)) {
      broker().events().publish(Jobs.failed(ticket));
      assertThat(one.next()).isEqualTo(Jobs.failed(ticket));
      assertThat(two.next()).isEqualTo(Jobs.failed(ticket));
    }
  }

  @Test
  default void aReplyGoesToTheQueueThatThePublisherNamed() throws Exception {
    var queue = newReplyQueue();
    broker().events().reply(queue, "c-1", Jobs.failed("t1"));
    var reply = nextReply(queue);
    assertThat(reply.getKey()).isEqualTo("c-1");
    assertThat(io.doos.common.status.StatusJson.read(reply.getValue()))
        .isEqualTo(Jobs.failed("t1"));
  }

  @Test
  default void aReplyToAQueueThatIsGoneIsNoFailure() throws Exception {
    broker().events().reply("gone-" + UUID.randomUUID(), null, Jobs.failed("t1"));
  }

  @Test
  default void everyWorkerHearsOfAWithdrawnJob() throws Exception {
    var inbox = new Inbox<Ticket>();
    try (var _ = broker().control().subscribe(inbox)) {
      broker().control().publishWithdrawn(new Ticket("t1"));
      assertThat(inbox.next()).isEqualTo(new Ticket("t1"));
    }
  }

  @Test
  default void everyListenerHearsWhatWorkersTellAndNothingOfJobs() throws Exception {
    var news = Jobs.news("w-" + UUID.randomUUID());
    var inbox = new Inbox<WorkerNews>();
    try (var _ = broker().workers().hear(inbox)) {
      broker().events().publish(Jobs.failed("t1"));
      broker().workers().tell(news);
      assertThat(inbox.next()).isEqualTo(news);
    }
  }

  @Test
  default void everyWorkerHearsOfAnOrderAndTakesNoHintForOne() throws Exception {
    var orders = new Inbox<WorkerOrder>();
    var hints = new Inbox<Ticket>();
    try (var _ = broker().workers().obey(orders);
        var _ = broker().control().subscribe(hints)) {
      var pause = new WorkerOrder(What.PAUSE, new WorkerOrder.OneWorker("w1"));
      var resume = new WorkerOrder(What.RESUME, new WorkerOrder.AllOf(Pool.DEFAULT));
      while (orders.size() == 0 || hints.size() == 0) { // a link under load is not there at once
        broker().workers().order(pause);
        broker().control().publishWithdrawn(new Ticket("t1"));
        LockSupport.parkNanos(50_000_000);
      }
      broker().workers().order(resume);
      assertThat(hints.next()).isEqualTo(new Ticket("t1"));
      for (var order = orders.next(); !order.equals(resume); order = orders.next()) {
        assertThat(order).isEqualTo(pause);
      }
    }
  }

  @Test
  default void anEventTellsWhatItsJobWasWhereThatIsKnown() throws Exception {
    var facts = new Inbox<JobFacts>();
    var job = Jobs.job(Pool.DEFAULT, "t1");
    try (var _ = broker().events().subscribe((_, told) -> facts.accept(told))) {
      broker().events().publish(Jobs.failed("t1"), JobFacts.of(job));
      broker().events().publish(Jobs.failed("t2"));
      assertThat(facts.next())
          .isEqualTo(
              new JobFacts(Optional.of("macro"), Optional.of(Pool.DEFAULT), Optional.empty()));
      assertThat(facts.next()).isEqualTo(JobFacts.NONE);
    }
  }

  @Test
  default void deadMessagesAreShownKeptPutBackAndRemoved() throws Exception {
    var pool = knownPool();
    publishRaw(pool, "{\"ticket\"".getBytes(UTF_8), null, Map.of());
    publishRaw(pool, "{}".getBytes(UTF_8), null, Map.of());
    var inbox = new Inbox<Delivery>();
    try (var _ = take(pool, 1, inbox)) {
      inbox.next().park("no JSON");
      inbox.next().park("no job");
    }
    var dead = broker().deadLetters();
    assertThat(dead.look(10).first())
        .extracting(DeadLetter::reason)
        .containsExactly("no JSON", "no job");
    awaitReady(dead, 2);
    var first = dead.look(1).first().getFirst();
    awaitReady(dead, 2);
    assertThat(first.pool()).contains(pool);
    assertThat(first.body()).asString(UTF_8).isEqualTo("{\"ticket\"");
    assertThatThrownBy(() -> dead.requeue(first.id(), Jobs.newPool()))
        .isInstanceOf(BrokerFailure.NoSuchPool.class);
    awaitReady(dead, 2);
    assertThat(dead.requeue(first.id(), pool)).isTrue();
    awaitReady(dead, 1);
    assertThat(dead.requeue(first.id(), pool)).isFalse();
    awaitReady(dead, 1);
    try (var _ = take(pool, 1, inbox)) {
      var again = inbox.next();
      assertThatThrownBy(again::job).hasMessageContaining("not JSON");
      again.ack();
    }
    var second = dead.look(10).first().getFirst();
    assertThat(second.reason()).isEqualTo("no job");
    awaitReady(dead, 1);
    assertThat(dead.remove(second.id())).isTrue();
    assertThat(dead.remove(second.id())).isFalse();
    assertThat(dead.count()).isZero();
  }

  /** What was looked at is back in its queue a moment after that. */
  private static void awaitReady(DeadLetters dead, long count) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (dead.count() != count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(dead.count()).isEqualTo(count);
  }
}
