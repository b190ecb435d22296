package io.doos.deploy.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.queue.Broker;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Delivery;
import io.doos.common.queue.Inbox;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.LinkPhase;
import io.doos.common.queue.LinkReport;
import io.doos.common.queue.RabbitBroker;
import io.doos.common.queue.Topology;
import io.doos.common.queue.WiredBrokerContract;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the queue over a real RabbitMQ, and what happens when that fails. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RabbitBrokerTest implements WiredBrokerContract {

  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  private @Nullable PrivateRabbit started;
  private PrivateRabbit rabbit;
  private RabbitBroker broker;
  private AmqpProbe probe;

  @BeforeAll
  void startRabbit(@TempDir Path folder) throws Exception {
    rabbit = new PrivateRabbit(folder);
    started = rabbit;
  }

  @AfterAll
  void stopRabbit() {
    if (started != null) {
      started.close();
    }
  }

  @BeforeEach
  void connect() throws Exception {
    broker = newBroker(rabbit.url(), Pool.DEFAULT);
    broker.start();
    probe = new AmqpProbe(rabbit.url());
  }

  @AfterEach
  void disconnect() {
    probe.close();
    broker.close();
  }

  @Override
  public Broker broker() {
    return broker;
  }

  @Override
  public AmqpProbe probe() {
    return probe;
  }

  private static RabbitBroker newBroker(String url, Pool pool) {
    var config =
        new LinkConfig(
            url,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2));
    return new RabbitBroker(config, new Topology(Set.of(pool)), InstantSource.system());
  }

  static JobRecord job(Pool pool, String ticket) {
    var message =
        new JobMessage(
            new Ticket(ticket),
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(),
            null,
            THEN,
            JobMessage.Limits.DEFAULT,
            null);
    return new JobRecord(message, pool, null, null, null, Map.of());
  }

  static Status done(String ticket) {
    return new Status(
        new Ticket(ticket),
        State.DONE,
        new Status.Run(1, 2, "w", null),
        new Status.Times(THEN, THEN, THEN),
        new Result("output/t/result-1.zip", 22, "0".repeat(64), List.of(), false),
        null,
        null,
        null);
  }

  private Pool knownPool() throws Exception {
    var pool = new Pool("p-" + UUID.randomUUID());
    broker.deliveries().take(pool, 1, new Inbox<>()).close();
    return pool;
  }

  /** Publishes as a patient client does: again, while the broker is not available. */
  private void publishPatiently(RabbitBroker through, JobRecord job) throws Exception {
    var pause = new CountDownLatch(1);
    for (var i = 0; i < 600; i++) {
      try {
        through.jobs().publish(job);
        return;
      } catch (BrokerFailure.Unavailable e) {
        assertThat(pause.await(100, TimeUnit.MILLISECONDS)).isFalse();
      }
    }
    throw new AssertionError("the broker did not become available: " + through.why());
  }

  private static String ticketOf(Delivery delivery) throws Exception {
    return delivery.job().ticket().value();
  }

  @Test
  void afterAKillOfTheBrokerAllConfirmedJobsAreThereAndTheLinksComeBack() throws Exception {
    var pool = knownPool();
    var inbox = new Inbox<Delivery>();
    try (var _ = broker.deliveries().take(pool, 1, inbox)) {
      for (var i = 0; i < 50; i++) {
        broker.jobs().publish(job(pool, "t" + i));
      }
      var inHand = inbox.next();
      var lost = new CountDownLatch(1);
      inHand.onLost(lost::countDown);
      settleQuorumQueues();
      rabbit.kill();
      lost.await();
      assertThat(inHand.isLost()).isTrue();
      inHand.ack();
      assertThatThrownBy(() -> broker.jobs().publish(job(pool, "none")))
          .isInstanceOf(BrokerFailure.Unavailable.class);
      rabbit.start();
      publishPatiently(broker, job(pool, "t50"));
      var tickets = new ArrayList<String>();
      for (var i = 0; i <= 50; i++) {
        var delivery = inbox.next();
        tickets.add(ticketOf(delivery));
        delivery.ack();
      }
      assertThat(tickets)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(0, 50).mapToObj(i -> "t" + i).toList());
    }
  }

  /** RabbitMQ 3.10 forgets a quorum queue that is killed within a second of its declaration. */
  private void settleQuorumQueues() throws InterruptedException {
    assertThat(new CountDownLatch(1).await(2, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void aBrokerThatStartsLateIsNoFailure() throws Exception {
    settleQuorumQueues();
    rabbit.kill();
    var inbox = new Inbox<Delivery>();
    try (var late = newBroker(rabbit.url(), Pool.DEFAULT)) {
      late.start();
      assertThat(late.isUp()).isFalse();
      assertThat(late.links())
          .allSatisfy(link -> {
            assertThat(link.isUp()).isFalse();
            assertThat(link.reason()).isNotEmpty().doesNotContain("guest");
          });
      assertThatThrownBy(() -> late.jobs().publish(job(Pool.DEFAULT, "t1")))
          .isInstanceOf(BrokerFailure.Unavailable.class)
          .hasMessageContaining("not available");
      try (var _ = late.deliveries().take(Pool.DEFAULT, 1, inbox)) {
        rabbit.start();
        publishPatiently(late, job(Pool.DEFAULT, "late"));
        var delivery = inbox.next();
        assertThat(ticketOf(delivery)).isEqualTo("late");
        delivery.ack();
      }
    }
  }

  @Test
  void aFullQueueRefuses() throws Exception {
    var pool = knownPool();
    var queue = Topology.queueOf(pool);
    rabbit.control(
        "set_policy", "--apply-to", "queues", "short", "^" + queue, "{\"max-length\":2}");
    try {
      assertThatThrownBy(
              () -> {
                for (var i = 0; i < 100; i++) {
                  broker.jobs().publish(job(pool, "t" + i));
                }
              })
          .isInstanceOf(BrokerFailure.Refused.class)
          .hasMessageContaining("is full");
    } finally {
      rabbit.control("clear_policy", "short");
    }
  }

  @Test
  void underAMemoryAlarmNothingIsPublishedButWhatRunsIsAcked() throws Exception {
    var pool = knownPool();
    broker.jobs().publish(job(pool, "t1"));
    var inbox = new Inbox<Delivery>();
    try (var _ = broker.deliveries().take(pool, 1, inbox)) {
      var delivery = inbox.next();
      rabbit.control("set_vm_memory_high_watermark", "0");
      try {
        assertThatThrownBy(() -> publishUntilUnavailable(pool))
            .isInstanceOf(BrokerFailure.Unavailable.class);
        // told only to a link that publishes; the other one goes on
        assertThat(broker.links())
            .extracting(LinkReport::name, LinkReport::phase)
            .containsExactly(
                tuple("publish", LinkPhase.BLOCKED), tuple("consume", LinkPhase.CONNECTED));
        assertThat(broker.links().getFirst().reason()).contains("takes no messages for now");
        assertThat(broker.isUp()).isFalse();
        delivery.ack();
      } finally {
        rabbit.control("set_vm_memory_high_watermark", "0.4");
      }
      publishPatiently(broker, job(pool, "t3"));
      assertThat(delivery.isLost()).isFalse();
      assertThat(inbox.next().isFresh()).isTrue();
    }
  }

  private void publishUntilUnavailable(Pool pool) throws Exception {
    while (true) {
      broker.jobs().publish(job(pool, "t-" + UUID.randomUUID()));
    }
  }

  @Test
  void aSubscriptionOutlivesItsQueue() throws Exception {
    var pool = knownPool();
    var inbox = new Inbox<Delivery>();
    try (var _ = broker.deliveries().take(pool, 1, inbox)) {
      broker.jobs().publish(job(pool, "t1"));
      var lost = new CountDownLatch(1);
      inbox.next().onLost(lost::countDown);
      probe.delete(Topology.queueOf(pool));
      lost.await();
      for (var isThere = false; !isThere; ) {
        try {
          broker.jobs().publish(job(pool, "t2"));
          isThere = true;
        } catch (BrokerFailure.NoSuchPool | BrokerFailure.Refused e) {
          assertThat(e).hasMessageContaining(pool.name());
        }
      }
      assertThat(ticketOf(inbox.next())).isEqualTo("t2");
    }
  }

  @Test
  void aDirectPublishToAnUnknownPoolIsParked() throws Exception {
    probe.publish(new Pool("nobody"), "{}".getBytes(UTF_8), null, Map.of());
    assertThat(probe.next(Topology.DEAD).getEnvelope().getRoutingKey()).isEqualTo("nobody");
  }
}
