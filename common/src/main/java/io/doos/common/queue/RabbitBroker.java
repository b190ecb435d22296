package io.doos.common.queue;

import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import java.time.InstantSource;
import java.util.List;

/**
 * A RabbitMQ, or whatever else speaks AMQP 0-9-1 with publisher confirms, over two links: one to
 * publish, one to consume. Once started it looks after its links itself; while they are down,
 * publishing fails at once, subscriptions wait, and news are lost.
 */
public final class RabbitBroker implements Broker, Service {

  private final LinkConfig config;
  private final InstantSource clock;
  private final BrokerLink publishing;
  private final BrokerLink consuming;
  private final Closer closer = new Closer();
  private final PostOffice post;
  private final Bulletin bulletin;

  /**
   * @param topology what is declared, by both links, each time they connect
   * @param clock tells when a job came in whose publisher did not say
   */
  public RabbitBroker(LinkConfig config, Topology topology, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.publishing = new BrokerLink("publish", config, topology);
    this.consuming = new BrokerLink("consume", config, topology);
    this.post = new PostOffice(publishing, config);
    this.bulletin = new Bulletin(consuming, config);
  }

  /**
   * Connects; a broker that is not there yet is no failure.
   *
   * @throws BrokerMisconfigured when a person must mend something at the broker first
   */
  @Override
  public void start() throws Exception {
    try {
      closer.start(consuming);
      closer.start(publishing);
      closer.add(post).open();
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    closer.close();
  }

  @Override
  public JobPublisher jobs() {
    return new RabbitJobPublisher(post);
  }

  @Override
  public Deliveries deliveries() {
    return new RabbitDeliveries(consuming, config, post, clock);
  }

  @Override
  public Events events() {
    return new RabbitEvents(post, bulletin);
  }

  @Override
  public Control control() {
    return new RabbitControl(post, bulletin);
  }

  @Override
  public Queues queues() {
    return new RabbitQueues(new SideChannel(consuming));
  }

  @Override
  public Workers workers() {
    return new RabbitWorkers(post, bulletin);
  }

  @Override
  public DeadLetters deadLetters() {
    return new RabbitDeadLetters(new SideChannel(consuming), post);
  }

  /** Both links as they are now: first the one that publishes, then the one that consumes. */
  public List<LinkReport> links() {
    return List.of(publishing.report(), consuming.report());
  }

  /** Whether jobs can be published now; for readiness, not as a promise. */
  public boolean isUp() {
    return publishing.report().phase() == LinkPhase.CONNECTED && consuming.report().isUp();
  }

  /** Why it is not up, in a few words without credentials; empty when it is. */
  public String why() {
    return isUp()
        ? ""
        : links().stream()
            .filter(link -> link.phase() != LinkPhase.CONNECTED)
            .map(LinkReport::reason)
            .findFirst()
            .orElse("");
  }
}
