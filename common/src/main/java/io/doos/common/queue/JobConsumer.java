package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import io.doos.common.job.Pool;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of one channel, and the deliveries that came over it. Acks are written by a virtual
 * thread of its own, in the order asked for: whoever acks neither waits for the wire nor, when
 * interrupted, breaks the connection.
 */
final class JobConsumer extends DefaultConsumer {

  private static final Logger log = LoggerFactory.getLogger(JobConsumer.class);

  /** Something to write on the channel. */
  interface Command {
    void on(Channel channel) throws IOException;
  }

  private final Pool pool;
  private final Consumer<Delivery> taker;
  private final PostOffice post;
  private final InstantSource clock;
  private final String tag = UUID.randomUUID().toString();
  private final Set<RabbitDelivery> unended = ConcurrentHashMap.newKeySet();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("broker-acks").factory());

  /**
   * A thread for each delivery, which a later one uses again. No virtual ones: what talks to an
   * office would wait until others leave a carrier to it.
   */
  private final Executor hands =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("delivery-", 1).factory());

  private volatile boolean isStopped;
  private volatile boolean isLost;

  JobConsumer(
      Channel channel, Pool pool, Consumer<Delivery> taker, PostOffice post, InstantSource clock) {
    super(channel);
    this.pool = pool;
    this.taker = taker;
    this.post = post;
    this.clock = clock;
  }

  void consume(ConsumerTimeout timeout) throws IOException {
    getChannel()
        .basicConsume(Topology.queueOf(pool), false, tag, false, false, timeout.argument(), this);
  }

  @Override
  public void handleDelivery(
      String consumer, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
    if (isLost) {
      return;
    }
    if (isStopped) {
      write(channel -> channel.basicNack(envelope.getDeliveryTag(), false, true));
      return;
    }
    var letter = new IncomingJob(pool, properties, body, envelope.isRedeliver(), clock.instant());
    var delivery = new RabbitDelivery(letter, envelope.getDeliveryTag(), this, post);
    unended.add(delivery);
    if (isLost) {
      delivery.markLost();
      return;
    }
    hands.execute(() -> hand(delivery));
  }

  private void hand(RabbitDelivery delivery) {
    try {
      taker.accept(delivery);
    } catch (RuntimeException | Error e) { // an Error too must not leave it unended
      log.error("A delivery of pool '{}' was not handled; it goes back", pool, e);
      delivery.requeue();
    }
  }

  /** The broker ended the consumer: its queue is gone, or it waited too long for an ack. */
  @Override
  public void handleCancel(String consumer) {
    log.warn("The broker no longer sends jobs of pool '{}'; asking it anew", pool);
    write(Channel::abort);
  }

  /** Takes no more; what comes all the same goes back. */
  void stop() {
    if (!isStopped) {
      isStopped = true;
      write(channel -> channel.basicCancel(tag));
    }
  }

  /** Waits until what was asked for is written, {@code patience} at most. */
  void flush(Duration patience) {
    var written = new CountDownLatch(1);
    write(_ -> written.countDown());
    try {
      if (!isLost && !written.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Not all acks of pool '{}' were written in time", pool);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the command that ends a delivery. */
  void end(RabbitDelivery delivery, Command command) {
    unended.remove(delivery);
    write(command);
  }

  boolean isLost() {
    return isLost;
  }

  /** The channel is gone, and with it every delivery that was not ended. */
  void lost() {
    isLost = true;
    writer.shutdown();
    unended.forEach(RabbitDelivery::markLost);
  }

  private void write(Command command) {
    try {
      writer.execute(() -> {
        try {
          command.on(getChannel());
        } catch (IOException | ShutdownSignalException e) {
          log.debug("The channel of pool '{}' is gone; nothing is acked there now", pool, e);
        }
      });
    } catch (RejectedExecutionException e) {
      log.debug("The channel of pool '{}' was lost meanwhile", pool, e);
    }
  }
}
