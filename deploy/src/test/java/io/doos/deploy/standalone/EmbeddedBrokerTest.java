package io.doos.deploy.standalone;

import io.doos.common.job.Pool;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.queue.Broker;
import io.doos.common.queue.LinkConfig;
import io.doos.common.queue.RabbitBroker;
import io.doos.common.queue.Topology;
import io.doos.common.queue.WiredBrokerContract;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
}
