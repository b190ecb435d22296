package io.doos.deploy.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import io.doos.common.json.BadJsonException;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import java.util.Map;

/** A direct publisher that knows nothing of doos but its documents. */
final class Publisher implements AutoCloseable {

  private final AmqpProbe probe;
  private final String replies;

  Publisher(String brokerUrl) throws Exception {
    probe = new AmqpProbe(brokerUrl);
    replies = probe.newQueue();
  }

  AmqpProbe probe() {
    return probe;
  }

  /** A queue bound to an exchange of the farm. */
  String listening(String exchange, String key) throws Exception {
    var queue = probe.newQueue();
    probe.bind(queue, exchange, key);
    return queue;
  }

  /** Publishes to the default pool, as the contract asks for; replies come here. */
  void publish(String body) throws Exception {
    publish("default", body.getBytes(UTF_8), "doos.job.v1");
  }

  void publish(String pool, byte[] body, String type) throws Exception {
    var properties =
        new AMQP.BasicProperties.Builder()
            .deliveryMode(2)
            .contentType("application/json")
            .type(type)
            .priority(5)
            .replyTo(replies)
            .correlationId("my-own-mark")
            .headers(
                Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
            .build();
    probe.publish("doos.jobs", pool, properties, body);
  }

  /** Waits for the next reply. */
  Delivery reply() throws Exception {
    return probe.next(replies);
  }

  /** Waits for the next reply and reads it. */
  Status end() throws Exception {
    return status(reply());
  }

  static Status status(Delivery delivery) throws BadJsonException {
    return StatusJson.read(delivery.getBody());
  }

  @Override
  public void close() {
    probe.close();
  }
}
