package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.doos.common.job.Pool;
import io.doos.common.store.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes messages one by one without acking them and gives up the channel: the broker puts them back
 * in their order. Two who look at once see only what the other does not hold.
 */
final class RabbitDeadLetters implements DeadLetters {

  /** How many are searched for one; beyond, the first must be dealt with first. */
  private static final int LONGEST_SEARCH = 10_000;

  private static final String POOL_QUEUES = Topology.JOBS + ".";
  private static final int ID_LENGTH = 32;

  private final SideChannel side;
  private final PostOffice post;

  RabbitDeadLetters(SideChannel side, PostOffice post) {
    this.side = side;
    this.post = post;
  }

  @Override
  public long count() throws BrokerFailure, InterruptedException {
    return ask(channel -> channel.messageCount(Topology.DEAD));
  }

  @Override
  public Look look(int most) throws BrokerFailure, InterruptedException {
    return ask(channel -> {
      var total = channel.messageCount(Topology.DEAD);
      var first = new ArrayList<DeadLetter>();
      while (first.size() < most) {
        var next = channel.basicGet(Topology.DEAD, false);
        if (next == null) {
          break;
        }
        first.add(letter(next));
      }
      return new Look(Math.max(total, first.size()), first);
    });
  }

  @Override
  public boolean requeue(String id, Pool pool) throws BrokerFailure, InterruptedException {
    return ask(channel -> {
      var found = find(channel, id);
      if (found.isEmpty()) {
        return false;
      }
      send(found.get(), pool);
      end(channel, found.get());
      return true;
    });
  }

  @Override
  public boolean remove(String id) throws BrokerFailure, InterruptedException {
    return ask(channel -> {
      var found = find(channel, id);
      if (found.isPresent()) {
        end(channel, found.get());
      }
      return found.isPresent();
    });
  }

  private <T> T ask(SideChannel.Question<T> question) throws BrokerFailure, InterruptedException {
    try {
      return side.ask(question);
    } catch (SideChannel.NotFound e) {
      throw new BrokerFailure.Unavailable("The queue " + Topology.DEAD + " is gone", e);
    }
  }

  private static Optional<GetResponse> find(Channel channel, String id) throws IOException {
    for (var i = 0; i < LONGEST_SEARCH; i++) {
      var next = channel.basicGet(Topology.DEAD, false);
      if (next == null) {
        return Optional.empty();
      }
      if (letter(next).id().equals(id)) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** Closed in order, so that the ack is not lost; what else the channel holds goes back. */
  private static void end(Channel channel, GetResponse message) throws Exception {
    channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
    channel.close();
  }

  private void send(GetResponse message, Pool pool) throws BrokerFailure, InterruptedException {
    var queue = Topology.queueOf(pool);
    var fate = post.send(new Letter("", queue, true, own(message.getProps()), message.getBody()));
    switch (fate) {
      case CONFIRMED -> {}
      case RETURNED -> throw new BrokerFailure.NoSuchPool(pool);
      case NACKED, LOST ->
          throw new BrokerFailure.Refused("The broker did not take the message: " + fate);
    }
  }

  /** Without what we and the broker wrote on it. */
  private static AMQP.BasicProperties own(AMQP.BasicProperties properties) {
    var headers = new HashMap<>(headers(properties));
    headers.keySet().removeIf(name -> name.startsWith("x-"));
    return properties
        .builder()
        .headers(headers)
        .expiration(null)
        .userId(null)
        .deliveryMode(Letter.PERSISTENT)
        .build();
  }

  private static DeadLetter letter(GetResponse message) {
    var reason =
        Optional.ofNullable(headers(message.getProps()).get(Topology.REASON_HEADER))
            .map(Object::toString)
            .orElse("");
    var key = message.getEnvelope().getRoutingKey();
    var digest = Sha256.digest();
    digest.update((reason + "\n" + key + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(message.getBody());
    return new DeadLetter(
        Sha256.hex(digest).substring(0, ID_LENGTH),
        reason,
        pool(key),
        message.getProps().getType(),
        message.getBody());
  }

  private static Optional<Pool> pool(String routingKey) {
    var name =
        routingKey.startsWith(POOL_QUEUES)
            ? routingKey.substring(POOL_QUEUES.length())
            : routingKey;
    try {
      return Optional.of(new Pool(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> headers(AMQP.BasicProperties properties) {
    return properties.getHeaders() == null ? Map.of() : properties.getHeaders();
  }
}
