package io.doos.deploy.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Delivery;
import io.doos.common.queue.Inbox;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.RabbitBroker;
import io.doos.common.queue.Topology;
import io.doos.deploy.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker in a JVM of its own: killed under load, and used by a stranger. */
class EmbeddedBrokerProcessTest {

  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
  private static final int ENOUGH = 300;

  /** A Python client that knows no more than the names: publishes a job, and takes another. */
  private static final String PIKA =
      """
      import json, pika, sys
      connection = pika.BlockingConnection(pika.URLParameters(sys.argv[1]))
      channel = connection.channel()
      if connection.publisher_confirms_supported:  # Qpid confirms but does not announce it
          channel.confirm_delivery()
      channel.basic_publish('doos.jobs', 'default',
          json.dumps({'ticket': 'from-python', 'work': {'kind': 'macro', 'function': 'Main'},
                      'files': [{'name': 'main.script', 'text': 'Sub Main'}]}),
          pika.BasicProperties(delivery_mode=2, content_type='application/json'))
      for method, properties, body in channel.consume('doos.jobs.python', inactivity_timeout=20):
          channel.basic_ack(method.delivery_tag)
          print(json.loads(body)['ticket'])
          break
      connection.close()
      """;

  private static RabbitBroker client(String url, String pool) throws Exception {
    var client =
        new RabbitBroker(
            LinkConfig.of(url),
            new Topology(Set.of(Pool.DEFAULT, new Pool(pool))),
            InstantSource.system());
    client.start();
    return client;
  }

  private static JobRecord job(Pool pool, String ticket) {
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

  @Test
  void whatWasConfirmedBeforeAKillIsThereAfterIt(@TempDir Path dir) throws Exception {
    var folder = dir.resolve("broker");
    var confirmed = ConcurrentHashMap.<String>newKeySet();
    var child = child(dir, 0, folder);
    var url = child.inputReader(UTF_8).readLine();
    try (var client = client(url, "other");
        var publishers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var p = 0; p < 8; p++) {
        var prefix = "p" + p + "-";
        publishers.execute(() -> publishUntilKilled(client, prefix, confirmed, child));
      }
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    var inbox = new Inbox<Delivery>();
    try (var server = new EmbeddedBroker(new EmbeddedBroker.Config(0, folder))) {
      server.start();
      try (var client = client(server.url(), "other");
          var _ = client.deliveries().take(Pool.DEFAULT, 10, inbox)) {
        var missing = new HashSet<>(confirmed);
        while (!missing.isEmpty()) {
          var delivery = inbox.next();
          missing.remove(delivery.job().ticket().value());
          delivery.ack();
        }
      }
    }
  }

  private static void publishUntilKilled(
      RabbitBroker client, String prefix, Set<String> confirmed, Process child) {
    try {
      for (var i = 0; ; i++) {
        client.jobs().publish(job(Pool.DEFAULT, prefix + i));
        confirmed.add(prefix + i);
        if (confirmed.size() > ENOUGH) {
          child.toHandle().destroyForcibly();
        }
      }
    } catch (BrokerFailure e) {
      assertThat(e).isInstanceOf(BrokerFailure.Unavailable.class);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theLinksComeBackWhenTheBrokerIsStartedAgain(@TempDir Path dir) throws Exception {
    var config = new EmbeddedBroker.Config(FreePort.next(), dir.resolve("broker"));
    var first = new EmbeddedBroker(config);
    first.start();
    var again = new EmbeddedBroker(config);
    var inbox = new Inbox<Delivery>();
    try (first;
        again;
        var client = client(first.url(), "other");
        var _ = client.deliveries().take(Pool.DEFAULT, 1, inbox)) {
      client.jobs().publish(job(Pool.DEFAULT, "t1"));
      inbox.next().requeue();
      var inHand = inbox.next();
      first.close();
      again.start();
      var next = inbox.next();
      assertThat(next.job().ticket()).isEqualTo(new Ticket("t1"));
      assertThat(inHand.isLost()).isTrue();
      next.ack();
    }
  }

  @Test
  void atSigtermItGoesOnUntilItsOwnerClosesIt(@TempDir Path dir) throws Exception {
    var child = child(dir, 0, dir.resolve("broker"));
    var output = child.inputReader(UTF_8);
    try (var client = client(output.readLine(), "other")) {
      child.toHandle().destroy(); // unlike Process.destroy, leaves us its streams
      assertThat(output.readLine()).isEqualTo("told to stop");
      client.jobs().publish(job(Pool.DEFAULT, "t1"));
      child.getOutputStream().close();
      assertThat(output.readLine()).isEqualTo("stopped");
    }
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(dir.resolve("child.log")).content().doesNotContain("Exception");
  }

  @Test
  void aPythonClientPublishesAndTakes(@TempDir Path dir) throws Exception {
    var inbox = new Inbox<Delivery>();
    try (var server = new EmbeddedBroker(new EmbeddedBroker.Config(0, dir.resolve("broker")))) {
      server.start();
      try (var client = client(server.url(), "python")) {
        client.jobs().publish(job(new Pool("python"), "for-python"));
        var script = Files.writeString(dir.resolve("client.py"), PIKA);
        var python =
            new ProcessBuilder("/usr/bin/python3", script.toString(), server.url())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(python.getInputStream().readAllBytes(), UTF_8))
            .isEqualTo("for-python\n");
        try (var _ = client.deliveries().take(Pool.DEFAULT, 1, inbox)) {
          var delivery = inbox.next();
          assertThat(delivery.job().ticket()).isEqualTo(new Ticket("from-python"));
          delivery.ack();
        }
      }
    }
  }

  @Test
  void aPortInUseIsSaidPlainly(@TempDir Path dir) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var server = new EmbeddedBroker(new EmbeddedBroker.Config(taken.getLocalPort(), dir))) {
      assertThatThrownBy(server::start)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void itSpeaksOnlyOnLoopback(@TempDir Path dir) throws Exception {
    try (var server = new EmbeddedBroker(new EmbeddedBroker.Config(0, dir.resolve("broker")))) {
      server.start();
      assertThat(URI.create(server.url()).getHost()).isEqualTo("127.0.0.1");
    }
  }

  private static Process child(Path dir, int port, Path folder) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-Xmx192m",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerInChildJvm.class.getName(),
            "" + port,
            folder.toString())
        .redirectError(dir.resolve("child.log").toFile())
        .start();
  }
}
