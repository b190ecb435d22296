package io.doos.deploy.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Pool;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.queue.Broker;
import io.doos.common.queue.Delivery;
import io.doos.common.queue.Inbox;
import io.doos.common.queue.Jobs;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.RabbitBroker;
import io.doos.common.queue.Topology;
import io.doos.common.queue.WiredBrokerContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The promises of the queue over the embedded broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedBrokerTest implements WiredBrokerContract {

  private EmbeddedBroker server;
  private RabbitBroker broker;
  private AmqpProbe probe;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = new EmbeddedBroker(new EmbeddedBroker.Config(0, folder));
    server.start();
    broker =
        new RabbitBroker(
            LinkConfig.of(server.url()),
            new Topology(Set.of(Pool.DEFAULT)),
            InstantSource.system());
    broker.start();
    probe = new AmqpProbe(server.url());
  }

  @AfterAll
  void stop() {
    probe.close();
    broker.close();
    server.close();
  }

  @Override
  public Broker broker() {
    return broker;
  }

  @Override
  public AmqpProbe probe() {
    return probe;
  }

  @Test
  void itAnnouncesThatItConfirms() {
    assertThat(probe.serverProperties().get("capabilities"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("publisher_confirms", true)
        .containsEntry("basic.nack", true);
  }

  @Test
  void aJobOfHigherPriorityGoesFirst() throws Exception {
    var pool = new Pool("priorities");
    broker.deliveries().take(pool, 1, new Inbox<>()).close();
    for (var priority : List.of(0, 9, 3, 4, 7)) {
      broker.jobs().publish(Jobs.prioritised(pool, priority));
    }
    broker.jobs().publish(Jobs.prioritised(pool, null));
    var inbox = new Inbox<Delivery>();
    var priorities = new ArrayList<@Nullable Integer>();
    try (var _ = broker.deliveries().take(pool, 1, inbox)) {
      for (var i = 0; i < 6; i++) {
        var delivery = inbox.next();
        priorities.add(delivery.job().priority());
        delivery.ack();
      }
    }
    assertThat(priorities).containsExactly(9, 7, 4, 4, 3, 0);
  }
}
