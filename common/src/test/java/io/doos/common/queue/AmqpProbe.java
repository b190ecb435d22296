package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.Delivery;
import io.doos.common.job.Pool;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stranger at the broker, with the bare client: what direct publishers and operators do. */
public final class AmqpProbe implements AutoCloseable {

  private final Connection connection;
  private final Channel channel;
  private final Map<String, Inbox<Delivery>> consumed = new HashMap<>();

  public AmqpProbe(String url) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(url);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setExceptionHandler(new QuietDriver());
    connection = factory.newConnection("a test");
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  /** Publishes to the exchange for direct publishers and waits for the confirm. */
  public void publish(Pool pool, byte[] body, @Nullable String type, Map<String, Object> headers)
      throws Exception {
    var properties =
        new AMQP.BasicProperties.Builder().deliveryMode(2).type(type).headers(headers).build();
    channel.basicPublish(Topology.JOBS, pool.name(), properties, body);
    channel.waitForConfirmsOrDie(10_000);
  }

  /** Declares a queue. */
  public void declare(String queue, Map<String, Object> arguments) throws Exception {
    channel.queueDeclare(queue, true, false, false, arguments);
  }

  /** Declares a durable exchange. */
  public void declareExchange(String exchange, String type) throws Exception {
    channel.exchangeDeclare(exchange, type, true);
  }

  /** Binds a queue to an exchange. */
  public void bind(String queue, String exchange, String key) throws Exception {
    channel.queueBind(queue, exchange, key);
  }

  /** Publishes an empty message and waits for the confirm. */
  public void publish(String exchange, String key) throws Exception {
    channel.basicPublish(exchange, key, new AMQP.BasicProperties(), new byte[0]);
    channel.waitForConfirmsOrDie(10_000);
  }

  /** Deletes a queue with all that is in it. */
  public void delete(String queue) throws Exception {
    channel.queueDelete(queue);
  }

  /** A short-lived queue of its own. */
  public String newQueue() throws Exception {
    return channel.queueDeclare("q-" + UUID.randomUUID(), false, true, true, Map.of()).getQueue();
  }

  /** How many messages wait in a queue. */
  public int ready(String queue) throws Exception {
    return channel.queueDeclarePassive(queue).getMessageCount();
  }

  /** Waits for the next message of a queue and takes it. */
  public Delivery next(String queue) throws Exception {
    var inbox = consumed.get(queue);
    if (inbox == null) {
      inbox = new Inbox<>();
      var into = inbox;
      DeliverCallback arrived = (_, delivery) -> into.accept(delivery);
      // one consumer per channel: Qpid mixes up two
      connection
          .createChannel()
          .basicConsume(queue, true, UUID.randomUUID().toString(), arrived, _ -> {});
      consumed.put(queue, inbox);
    }
    return inbox.next();
  }

  /** Waits for the next message in {@code doos.dead}, takes it and answers its reason. */
  public String nextParkedReason() throws Exception {
    return String.valueOf(
        next(Topology.DEAD).getProperties().getHeaders().get(Topology.REASON_HEADER));
  }

  @Override
  public void close() {
    connection.abort(1000);
  }
}
