package io.doos.deploy.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.life.Closer;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.queue.Inbox;
import io.doos.common.queue.Topology;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.Submission;
import io.doos.deploy.farm.Until;
import io.doos.deploy.standalone.EmbeddedStore;
import io.doos.gateway.Farm;
import io.doos.gateway.Gateway;
import io.doos.gateway.GatewaySettings;
import io.doos.worker.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Direct publishing to a real RabbitMQ with workers of two pools and a gateway; and pools. */
class DirectToRabbitTest implements DirectPublishing {

  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir static Path temp;
  private static final Closer farm = new Closer();
  private static PrivateRabbit rabbit;
  private static FarmLinks links;
  private static DoosClient client;

  @BeforeAll
  static void start() throws Exception {
    rabbit = new PrivateRabbit(temp.resolve("rabbit"));
    farm.add(rabbit);
    var store =
        farm.start(new EmbeddedStore(new EmbeddedStore.Config(0, temp.resolve("store"), "doos")));
    startWorker(settings(store, "default"));
    links = startWorker(settings(store, "reports"));
    var behind =
        new Farm(
            links.store(),
            links.ledger(),
            links.broker().jobs(),
            links.broker().control(),
            links.broker().events(),
            CLOCK);
    var gateway =
        farm.start(new Gateway(GatewaySettings.of(settings(store, "gateway")), behind, () -> {}));
    client =
        new DoosClient(
            new DoosClient.Config(
                "127.0.0.1",
                gateway.doors().doos().port(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60)));
  }

  private static Settings settings(EmbeddedStore store, String name) throws Exception {
    var set = new HashMap<String, String>();
    set.put("data.dir", temp.resolve("data-" + name).toString());
    set.put("tcp.port", "0");
    set.put("http.port", "0");
    set.put("broker.url", rabbit.url());
    set.put("store.url", store.access().url().toString());
    set.put("store.access-key", store.access().accessKey());
    set.put("store.secret-key", store.access().secretKey());
    set.put("worker.pool", name);
    set.put("worker.name", "worker-of-" + name);
    set.put("office.count", "1");
    set.put("office.standby", "0");
    return Settings.load(Optional.empty(), Map.of(), set);
  }

  private static FarmLinks startWorker(Settings settings) throws Exception {
    var own = farm.start(new FarmLinks(settings, CLOCK));
    farm.start(new Worker(settings, Worker.Farm.of(own), CLOCK));
    return own;
  }

  @AfterAll
  static void stop() {
    farm.close();
  }

  @Override
  public String brokerUrl() {
    return rabbit.url();
  }

  @Override
  public ObjectStore store() {
    return links.store();
  }

  private static Ticket submit(String pool, int priority) throws Exception {
    var script = Files.writeString(Files.createTempFile(temp, "a", ".bas"), "Sub Main\nEnd Sub\n");
    return client.submit(
        new Submission(
            script, List.of(), "Main", Optional.of(pool), Optional.of(priority), Optional.empty()));
  }

  private static Status end(Inbox<Status> events, Ticket ticket) throws Exception {
    var next = events.next();
    while (!next.ticket().equals(ticket)) {
      next = events.next();
    }
    return next;
  }

  @Test
  void aJobRunsInThePoolThatItNames() throws Exception {
    var events = new Inbox<Status>();
    try (var _ = links.broker().events().subscribe(events)) {
      var report = end(events, submit("reports", 3));
      assertThat(report.state()).isEqualTo(State.DONE);
      assertThat(report.run().worker()).isEqualTo("worker-of-reports");
      assertThat(end(events, submit("default", 3)).run().worker()).isEqualTo("worker-of-default");
    }
  }

  @Test
  void aJobForAPoolThatNobodyServesIsRefusedAndLeavesNoTicket() throws Exception {
    assertThatThrownBy(() -> submit("nobodys", 3))
        .isInstanceOf(ClientFailure.class)
        .hasMessageContaining("No worker has ever served pool 'nobodys', try again later.");
    Until.holds(() -> store().list("input/").isEmpty());
  }

  @Test
  void aFullQueueIsToldToTheClientAndLeavesNoTicket() throws Exception {
    links.broker().deliveries().take(new Pool("full"), 1, new Inbox<>()).close();
    rabbit.control(
        "set_policy", "--apply-to", "queues", "short", "^doos.jobs.full$", "{\"max-length\":1}");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                submit("full", 3);
              }
            })
        .isInstanceOf(ClientFailure.class)
        .hasMessageContaining("The queue is full, try again later.");
    try (var probe = new AmqpProbe(rabbit.url())) {
      var waiting = probe.ready("doos.jobs.full");
      Until.holds(() -> store().list("input/").size() <= waiting);
      probe.delete("doos.jobs.full");
    }
    for (var open : store().list("input/")) {
      store().delete(open.key());
    }
  }

  @Test
  void whatTheGatewayPublishesFitsTheSchema() throws Exception {
    var pool = new Pool("spare");
    links.broker().deliveries().take(pool, 1, new Inbox<>()).close();
    var ticket = submit("spare", 7);
    try (var probe = new AmqpProbe(rabbit.url())) {
      var message = probe.next(Topology.queueOf(pool));
      assertThat(PublishedSchema.JOB.complaints(message.getBody())).isEmpty();
      var properties = message.getProperties();
      assertThat(properties.getType()).isEqualTo("doos.job.v1");
      assertThat(properties.getContentType()).isEqualTo("application/json");
      assertThat(properties.getDeliveryMode()).isEqualTo(2);
      assertThat(properties.getPriority()).isEqualTo(7);
    } finally {
      var _ = links.ledger().delete(ticket);
    }
  }
}
