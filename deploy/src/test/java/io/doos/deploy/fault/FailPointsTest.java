package io.doos.deploy.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.JobRecord;
import io.doos.common.life.Closer;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.RabbitBroker;
import io.doos.common.queue.Topology;
import io.doos.common.status.StatusJson;
import io.doos.deploy.FreePort;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gateways and workers that die between every two of their effects, beside others that live: dying
 * before one effect is dying after the one before it.
 */
class FailPointsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int BUNDLED_BYTES = 100_000;
  private static final int MOST_JOBS = 20;
  private static final Closer closer = new Closer();

  @TempDir static Path temp;
  private static PrivateRabbit rabbit;
  private static Farm farm;
  private static RabbitBroker publisher;
  private static int number;

  private Judge judge;
  private AmqpProbe probe;
  private String replies;

  @BeforeAll
  static void start() throws Exception {
    rabbit = closer.add(new PrivateRabbit(temp.resolve("rabbit")));
    farm = closer.add(Farm.start(temp.resolve("farm"), rabbit, 1, 1, "worker.stage=0"));
    publisher =
        closer.start(
            new RabbitBroker(
                LinkConfig.of(rabbit.url()),
                new Topology(Set.of(Pool.DEFAULT)),
                InstantSource.system()));
  }

  @BeforeEach
  void open() throws Exception {
    judge = new Judge(farm.objects(), farm.ledger());
    probe = new AmqpProbe(rabbit.url());
    replies = probe.newQueue();
  }

  @AfterEach
  void hangUp() {
    probe.close();
  }

  @AfterAll
  static void stop() {
    closer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before create job.json",
        "before create claim-1.json",
        "before put result-1.zip",
        "before create status.json",
        "before delete job.json",
        "before event",
        "before reply",
        "before ack",
        "after ack"
      })
  void aWorkerDiesAndItsJobsAreDoneOnceAndTold(String point) throws Exception {
    var waitingFor = new HashSet<String>();
    jobsUntilDeath(point, () -> waitingFor.add(publish(Macros::writing, Wanted.DONE)));
    judged();
    while (!waitingFor.isEmpty()) {
      waitingFor.remove(StatusJson.read(probe.next(replies).getBody()).ticket().value());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"before create end-1.json", "before create claim-2.json"})
  void aWorkerDiesBetweenTwoAttemptsAtAJobThatCrashesItsOffice(String point) throws Exception {
    jobsUntilDeath(point, () -> publish(_ -> Macros.crashing(), Wanted.OFFICE_CRASHED));
    judged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"before delete bundle", "after delete bundle"})
  void aWorkerDiesAtTheBundleOfAJobThatIsDone(String point) throws Exception {
    jobsUntilDeath(point, () -> judge.given(bundled(0), "bundled", Wanted.DONE));
    judged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"before put bundle", "before create job.json", "before publish", "after publish"})
  void aGatewayDiesBeforeItGaveATicketAndTheNextOneTakesTheJob(String point) throws Exception {
    var port = FreePort.next();
    var main = List.of(HaltingMain.class.getName(), "gateway", point);
    var dying = farm.newGateway("dying-gateway-" + ++number, main, port);
    dying.start();
    assertThatThrownBy(() -> bundled(port)).isInstanceOf(ClientFailure.class);
    assertThat(dying.awaitEnd()).isTrue();
    assertThat(dying.exitCode()).isEqualTo(FailPoint.EXIT);
    judge.given(bundled(0), "bundled", Wanted.DONE);
    judged();
  }

  private interface Giving {
    void give() throws Exception;
  }

  /** Gives jobs to a worker that lives and one that will die, until that has died. */
  private void jobsUntilDeath(String point, Giving job) throws Exception {
    var main = List.of(HaltingMain.class.getName(), "worker", point);
    var dying = farm.newWorker("dying-worker-" + ++number, main, "worker.stage=0");
    dying.start();
    for (var i = 0; dying.isAlive(); i++) {
      assertThat(i).as("jobs that did not kill it").isLessThan(MOST_JOBS);
      job.give();
      job.give();
      var _ = judge.drain(Duration.ofSeconds(1));
    }
    assertThat(dying.exitCode()).isEqualTo(FailPoint.EXIT);
  }

  private interface Script {
    String with(String nonce);
  }

  /** Publishes a job as strangers do, with a queue that waits for its end; answers its ticket. */
  private String publish(Script script, Wanted wanted) throws Exception {
    var ticket = new Ticket("point-" + ++number);
    var macro = script.with(ticket.value()).getBytes(UTF_8);
    var message =
        new JobMessage(
            ticket,
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(new InputFile.Inline(RunMacro.MAIN_SCRIPT, macro)),
            null,
            Instant.now(),
            JobMessage.Limits.DEFAULT,
            null);
    judge.given(ticket, ticket.value(), wanted);
    publisher.jobs().publish(new JobRecord(message, Pool.DEFAULT, null, replies, "c", Map.of()));
    return ticket.value();
  }

  /**
   * Sends a job too large for its message.
   *
   * @param port the gateway's; 0 for the one that lives
   */
  private static Ticket bundled(int port) throws Exception {
    var file = Files.write(temp.resolve("large.bin"), new byte[BUNDLED_BYTES]);
    var script = Macros.file(temp, Macros.writing("bundled"));
    var job =
        new Submission(
            script, List.of(file), "Main", Optional.empty(), Optional.empty(), Optional.empty());
    return (port == 0 ? farm.clients().getFirst() : Farm.clientAt(port)).submit(job);
  }

  private void judged() throws Exception {
    assertThat(judge.drain(PATIENCE)).as("all jobs have ended").isTrue();
    assertThat(judge.judge(farm.clients(), temp).faults()).isEmpty();
  }
}
