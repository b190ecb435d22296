package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is published for everybody on an exchange, each reader through a short-lived queue of
 * its own; what is published while a reader's link is lost passes it by.
 */
final class Bulletin {

  private static final Logger log = LoggerFactory.getLogger(Bulletin.class);

  /** What a slow reader may leave unread before RabbitMQ drops the oldest. */
  private static final Map<String, Object> SHORT = Map.of("x-max-length", 10_000);

  private final BrokerLink link;
  private final LinkConfig config;

  Bulletin(BrokerLink link, LinkConfig config) {
    this.link = link;
    this.config = config;
  }

  /** Reads until closed; {@code reader} is called for one body after the other. */
  AutoCloseable read(String exchange, String bindingKey, Consumer<byte[]> reader) {
    return read(exchange, bindingKey, (_, body) -> reader.accept(body));
  }

  /** The same, with what the messages carry beside their bodies. */
  AutoCloseable read(
      String exchange, String bindingKey, BiConsumer<AMQP.BasicProperties, byte[]> reader) {
    return LiveChannel.open(
        exchange,
        link,
        config,
        channel -> {
          var queue = channel.queueDeclare("", false, true, true, SHORT).getQueue();
          channel.queueBind(queue, exchange, bindingKey);
          channel.basicConsume(
              queue, true, UUID.randomUUID().toString(), consumer(channel, reader));
          return _ -> {};
        });
  }

  private static DefaultConsumer consumer(
      Channel channel, BiConsumer<AMQP.BasicProperties, byte[]> reader) {
    return new DefaultConsumer(channel) {
      @Override
      public void handleDelivery(
          String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        try {
          reader.accept(properties, body);
        } catch (RuntimeException e) {
          log.error("A reader of {} failed", envelope.getExchange(), e);
        }
      }

      @Override
      public void handleCancel(String tag) throws IOException {
        channel.abort();
      }
    };
  }
}
