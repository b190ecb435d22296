package io.doos.common.queue;

import com.rabbitmq.client.Channel;
import io.doos.common.job.Pool;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs over the consuming link, with a channel and a consumer of its own for each
 * subscription. The pool's queue is declared first, so that the first worker of a pool makes it
 * known.
 */
final class RabbitDeliveries implements Deliveries {

  private static final Logger log = LoggerFactory.getLogger(RabbitDeliveries.class);

  private final BrokerLink link;
  private final LinkConfig config;
  private final PostOffice post;
  private final InstantSource clock;

  RabbitDeliveries(BrokerLink link, LinkConfig config, PostOffice post, InstantSource clock) {
    this.link = link;
    this.config = config;
    this.post = post;
    this.clock = clock;
  }

  @Override
  public Subscription take(Pool pool, int limit, Duration longest, Consumer<Delivery> taker) {
    var subscription = new Taking(pool, limit, new ConsumerTimeout(longest), taker);
    subscription.channel = LiveChannel.open("jobs-" + pool, link, config, subscription::open);
    return subscription;
  }

  private final class Taking implements Subscription {
    private final Pool pool;
    private final int limit;
    private final ConsumerTimeout timeout;
    private final Consumer<Delivery> taker;
    private final Present<JobConsumer> consumers = new Present<>();
    private volatile boolean isStopped;
    private Optional<ConsumerTimeout.Notice> told = Optional.empty();
    private LiveChannel channel;

    @SuppressWarnings("NullAway.Init") // its channel needs it, and it its channel
    Taking(Pool pool, int limit, ConsumerTimeout timeout, Consumer<Delivery> taker) {
      this.pool = pool;
      this.limit = limit;
      this.timeout = timeout;
      this.taker = taker;
    }

    private LiveChannel.Incarnation open(Channel fresh) throws IOException, BrokerMisconfigured {
      Topology.declare(new Declaration(fresh, Mending.at(config.parsedUrl())), pool);
      fresh.basicQos(limit);
      var consumer = new JobConsumer(fresh, pool, taker, post, clock);
      consumers.come(consumer);
      if (!isStopped) {
        consumer.consume(timeout);
        tell(timeout.notice(fresh.getConnection().getServerProperties()));
      }
      return _ -> {
        consumers.gone(consumer);
        consumer.lost();
      };
    }

    /** Once for each broker that needs it, and again after an upgrade; on the channel's thread. */
    private void tell(Optional<ConsumerTimeout.Notice> next) {
      if (!next.equals(told)) {
        told = next;
        next.ifPresent(notice -> log.atLevel(notice.level()).log(notice.text()));
      }
    }

    @Override
    public void stop() {
      isStopped = true;
      channel.finish();
      var consumer = consumers.now();
      if (consumer != null) {
        consumer.stop();
        consumer.flush(config.closeTimeout());
      }
    }

    @Override
    public void close() {
      stop();
      channel.close();
    }
  }
}
