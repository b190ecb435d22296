package io.doos.deploy.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobJson;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.Keys;
import io.doos.common.life.Closer;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.queue.Topology;
import io.doos.common.status.State;
import io.doos.common.store.ObjectStore.StoredObject;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.farm.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links that fail in every way, a store that lies, a broker that dies, and strange messages. */
class WireFaultsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long FAULT_SECONDS = 3;
  private static final Closer closer = new Closer();

  @TempDir static Path temp;
  private static PrivateRabbit rabbit;
  private static Farm farm;
  private Judge judge;
  private Customer customer;

  @BeforeAll
  static void start() throws Exception {
    rabbit = closer.add(new PrivateRabbit(temp.resolve("rabbit")));
    farm = closer.add(Farm.start(temp.resolve("farm"), rabbit, 2, 2));
  }

  @AfterAll
  static void stop() {
    closer.close();
  }

  @BeforeEach
  void open() {
    judge = new Judge(farm.objects(), farm.ledger());
    customer = new Customer(farm.clients(), judge, temp);
  }

  static Stream<LinkFault> linkFaults() {
    return Stream.of(
        new LinkFault.Delay(Duration.ofMillis(30)),
        new LinkFault.Freeze(),
        new LinkFault.HalfOpen(),
        new LinkFault.CutAfter(700),
        new LinkFault.Refuse());
  }

  /** On every link of one gateway and one worker at once, while the others' links are whole. */
  @ParameterizedTest
  @MethodSource("linkFaults")
  void aFaultOfLinksLosesNothing(LinkFault fault) throws Exception {
    var disturbed = List.of(farm.gateways().getFirst(), farm.workers().getFirst());
    var offers = new FutureTask<>(() -> offer(8));
    Thread.ofVirtual().start(offers);
    Until.holds(() -> judge.jobs() > 0);
    set(disturbed, fault);
    try {
      offers.get(FAULT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // a client still waits for the gateway that is cut off
    }
    set(disturbed, LinkFault.NONE);
    assertThat(offers.get()).as("jobs taken by the gateway whose links were whole").isPositive();
    judged();
  }

  private int offer(int jobs) throws Exception {
    var taken = 0;
    for (var i = 0; i < jobs; i++) {
      taken += customer.offer(Macros.slow("l" + i, 200), "l" + i, Wanted.DONE).isPresent() ? 1 : 0;
    }
    return taken;
  }

  private static void set(List<Member> members, LinkFault fault) {
    for (var member : members) {
      farm.links(member).amqp().set(fault);
      farm.links(member).store().set(fault);
    }
  }

  @Test
  void whateverTheStoreAnswersNoResultIsPartialLostOrDoubled() throws Exception {
    var requests = new AtomicInteger();
    var hasStalled = new AtomicBoolean();
    farm.s3()
        .set(request -> {
          if (request.matches("PUT .*/status\\.json .*") && !hasStalled.getAndSet(true)) {
            return StoreFault.STALL;
          }
          return switch (requests.incrementAndGet() % 12) {
            case 3 -> StoreFault.BUSY;
            case 6 -> StoreFault.BUSY_AFTER_COMMIT;
            case 9 -> StoreFault.TRUNCATE;
            default -> StoreFault.NONE;
          };
        });
    try {
      assertThat(offer(15)).isPositive();
      assertThat(judge.drain(PATIENCE)).as("all jobs have ended").isTrue();
      for (var ticket : judge.tickets()) {
        fetchWhole(ticket);
      }
    } finally {
      farm.s3().set(_ -> StoreFault.NONE);
    }
    assertThat(hasStalled).isTrue();
    judged();
  }

  /** Whatever of the answer comes is whole: the client checks its checksum, the gateway the SHA. */
  private void fetchWhole(Ticket ticket) throws Exception {
    try {
      var zip = temp.resolve("fetched.zip");
      if (farm.clients().getFirst().output(ticket, zip)) {
        var result = farm.ledger().read(ticket).orElseThrow().result();
        assertThat(zip).hasSize(Objects.requireNonNull(result).bytes());
      }
    } catch (ClientFailure e) {
      assertThat(e).hasMessageContaining("try again later");
    }
  }

  @Test
  void withoutBrokerOrStoreNoTicketIsGivenAndBothMayComeLate() throws Exception {
    var gateway = farm.gateways().getFirst();
    rabbit.kill();
    farm.store().kill();
    gateway.kill();
    gateway.start();
    assertThat(customer.offer(Macros.writing("none"), "none", Wanted.DONE)).isEmpty();
    farm.store().start();
    assertThat(customer.offer(Macros.writing("none"), "none", Wanted.DONE)).isEmpty();
    rabbit.start();
    Until.holds(() -> customer.offer(Macros.writing("late"), "late", Wanted.DONE).isPresent());
    judged();
    Until.holds(() -> farm.objects().list(Keys.INPUTS).isEmpty()); // what was refused is not there
  }

  @Test
  void aBrokerKilledUnderJobsLosesNone() throws Exception {
    for (var i = 0; i < 12; i++) {
      customer.submit(Macros.slow("b" + i, 300), "b" + i, Wanted.DONE);
    }
    rabbit.kill();
    rabbit.start();
    judged();
  }

  @Test
  void whatWasCancelledOrIsTooLateNeverStartsThoughEverythingRestarts() throws Exception {
    for (var worker : farm.workers()) {
      assertThat(worker.stop()).isTrue();
    }
    var cancelled = customer.submit(Macros.writing("never"), "never", Wanted.CANCELLED);
    var deleted = customer.submit(Macros.writing("never"), "never", Wanted.GONE);
    customer.submit(Macros.writing("waits"), "waits", Wanted.DONE);
    var late = publish("late-1", Instant.now().plusMillis(300), Wanted.EXPIRED);
    assertThat(farm.ledger().cancel(cancelled, "a test wants it so")).isPresent();
    farm.clients().getFirst().delete(deleted);
    rabbit.kill();
    farm.store().kill();
    farm.gateways().forEach(Member::kill);
    rabbit.start();
    farm.heal();
    judged();
    for (var ticket : List.of(cancelled, deleted, late)) {
      assertThat(farm.objects().list(Keys.output(ticket)))
          .extracting(StoredObject::key)
          .containsExactly(Keys.status(ticket));
    }
  }

  private Ticket publish(String name, Instant notAfter, Wanted wanted) throws Exception {
    var ticket = new Ticket(name);
    var script = new InputFile.Inline(RunMacro.MAIN_SCRIPT, Macros.writing(name).getBytes(UTF_8));
    var message =
        new JobMessage(
            ticket,
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(script),
            null,
            Instant.now(),
            new JobMessage.Limits(notAfter, null, null),
            null);
    try (var stranger = new AmqpProbe(rabbit.url())) {
      stranger.publish(Pool.DEFAULT, JobJson.write(message), JobJson.TYPE, Map.of());
    }
    judge.given(ticket, name, wanted);
    return ticket;
  }

  @Test
  void whatWasPurgedFromTheQueueIsPublishedAgain() throws Exception {
    for (var worker : farm.workers()) {
      assertThat(worker.stop()).isTrue();
    }
    customer.submit(Macros.writing("purged"), "purged", Wanted.DONE);
    rabbit.control("purge_queue", Topology.queueOf(Pool.DEFAULT));
    farm.heal();
    judged();
  }

  @Test
  void everyStrangeMessageIsParkedOnceWithItsReason() throws Exception {
    var good = "{\"ticket\":\"strange\",\"work\":{\"kind\":\"macro\",\"function\":\"Main\"}}";
    var random = new Random(9);
    try (var stranger = new AmqpProbe(rabbit.url())) {
      for (var i = 0; i < 40; i++) {
        var bytes = good.getBytes(UTF_8);
        bytes[random.nextInt(10)] = (byte) random.nextInt(' ');
        stranger.publish(Pool.DEFAULT, bytes, null, Map.of());
        assertThat(stranger.nextParkedReason()).isNotBlank();
      }
      stranger.publish(Pool.DEFAULT, good.getBytes(UTF_8), "doos.job.v9", Map.of());
      assertThat(stranger.nextParkedReason()).contains("doos.job.v9");
      stranger.publish(Pool.DEFAULT, new byte[300 * 1024], null, Map.of());
      assertThat(stranger.nextParkedReason()).contains("307200");
      Until.holds(
          () -> stranger.ready("doos.dead") == 0 && stranger.ready("doos.jobs.default") == 0);
      assertThat(farm.ledger().read(new Ticket("strange")))
          .map(status -> status.state())
          .isEqualTo(Optional.of(State.FAILED));
    }
  }

  private void judged() throws Exception {
    assertThat(judge.drain(PATIENCE)).as("all jobs have ended").isTrue();
    assertThat(judge.judge(farm.clients(), temp).faults()).isEmpty();
  }
}
