package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Declares exchanges and queues over one channel, and says what stands in the way and how to mend
 * it. What exists with the same properties is left alone. After a refusal the channel is closed.
 */
final class Declaration {

  /** A queue that nobody has: what is published to it is dropped. */
  private static final String NOWHERE = "doos.nowhere";

  private final Channel channel;
  private final Mending mending;

  Declaration(Channel channel, Mending mending) {
    this.channel = channel;
    this.mending = mending;
  }

  void exchange(String name, BuiltinExchangeType type, Map<String, Object> arguments)
      throws BrokerMisconfigured, IOException {
    try {
      channel.exchangeDeclare(name, type, true, false, arguments);
    } catch (IOException e) {
      throw misconfigured("exchange '" + name + "'", e, refusal -> exchangeConflict(name, refusal));
    }
  }

  void queue(String name, Map<String, Object> arguments) throws BrokerMisconfigured, IOException {
    try {
      channel.queueDeclare(name, true, false, false, arguments);
    } catch (IOException e) {
      throw misconfigured("queue '" + name + "'", e, refusal -> queueConflict(name, refusal));
    }
  }

  void bind(String queue, String exchange, String key) throws BrokerMisconfigured, IOException {
    try {
      channel.queueBind(queue, exchange, key);
    } catch (IOException e) {
      throw misconfigured("queue '" + queue + "'", e, _ -> null);
    }
  }

  /**
   * Makes sure that the user may publish to the default exchange: a broker tells of that right only
   * when something is published.
   */
  void requireRightToPublish() throws BrokerMisconfigured, IOException {
    try {
      channel.basicPublish("", NOWHERE, new AMQP.BasicProperties(), new byte[0]);
      channel.queueDeclarePassive(Topology.DEAD); // waits until the broker has looked at it
    } catch (ShutdownSignalException e) {
      throw misconfigured("default exchange", new IOException(e), _ -> null);
    } catch (IOException e) {
      throw misconfigured("default exchange", e, _ -> null);
    }
  }

  /** Explains that something of our name exists; null when that is not the reason. */
  private interface Explanation {
    @Nullable BrokerMisconfigured of(IOException refusal) throws IOException;
  }

  private BrokerMisconfigured misconfigured(String what, IOException e, Explanation explanation)
      throws IOException {
    var refusal = refusal(e);
    if (refusal == null) {
      throw e;
    }
    var text = refusal.getReplyText();
    return switch (refusal.getReplyCode()) {
      case AMQP.ACCESS_REFUSED ->
          new BrokerMisconfigured.NotAllowed(
              "The broker does not let user '"
                  + mending.user()
                  + "' use the "
                  + what
                  + " ("
                  + text
                  + "). Give the rights that doos needs with: "
                  + mending.setPermissions(),
              e);
      case AMQP.PRECONDITION_FAILED, AMQP.NOT_ALLOWED, AMQP.RESOURCE_LOCKED -> {
        var explained = explanation.of(e);
        yield explained != null
            ? explained
            : new BrokerMisconfigured.NotAllowed("The broker refuses the " + what + ": " + text, e);
      }
      default -> throw e;
    };
  }

  private @Nullable BrokerMisconfigured queueConflict(String name, IOException refusal)
      throws IOException {
    var waiting = waitingIn(name);
    if (waiting.isEmpty()) {
      return null;
    }
    var loss =
        waiting.getAsLong() == 0
            ? "It is empty; delete it"
            : "%d messages wait in it and go with it: let their consumers empty it first, or delete it"
                .formatted(waiting.getAsLong());
    return conflict("queue", name, refusal, loss, mending.deleteQueue(name));
  }

  private @Nullable BrokerMisconfigured exchangeConflict(String name, IOException refusal)
      throws IOException {
    return exists(name)
        ? conflict(
            "exchange",
            name,
            refusal,
            "It holds no messages, but bindings that others made go with it; delete it",
            mending.deleteExchange(name))
        : null;
  }

  private BrokerMisconfigured conflict(
      String kind, String name, IOException refusal, String loss, String command) {
    var detail = BrokerUrl.reason(refusal);
    return new BrokerMisconfigured.Conflict(
        "The %s '%s' exists with other properties than doos needs (%s). %s %s; doos then declares it anew."
            .formatted(kind, name, detail, loss, how(command)),
        refusal);
  }

  private String how(String command) {
    return isRabbit(channel.getConnection())
        ? "with: " + command
        : "with the broker's own tools (standalone's broker keeps its queues in data.dir/broker)";
  }

  private static boolean isRabbit(Connection connection) {
    return "RabbitMQ".equals(String.valueOf(connection.getServerProperties().get("product")));
  }

  private OptionalLong waitingIn(String queue) throws IOException {
    try (var fresh = fresh()) {
      return OptionalLong.of(fresh.queueDeclarePassive(queue).getMessageCount());
    } catch (IOException | TimeoutException e) {
      return absent(e);
    }
  }

  private boolean exists(String exchange) throws IOException {
    try (var fresh = fresh()) {
      fresh.exchangeDeclarePassive(exchange);
      return true;
    } catch (IOException | TimeoutException e) {
      return absent(e).isPresent();
    }
  }

  /** A refusal closes the channel, so each question after one has a channel of its own. */
  private Channel fresh() throws IOException {
    var fresh = channel.getConnection().createChannel();
    if (fresh == null) {
      throw new IOException("the broker gives no channel");
    }
    return fresh;
  }

  private static OptionalLong absent(Exception e) throws IOException {
    if (e instanceof IOException refused) {
      var refusal = refusal(refused);
      if (refusal != null) {
        return refusal.getReplyCode() == AMQP.NOT_FOUND
            ? OptionalLong.empty()
            : OptionalLong.of(0); // it is there, but we may not look
      }
      throw refused;
    }
    throw new IOException(e);
  }

  private static AMQP.Channel.@Nullable Close refusal(IOException e) {
    return e.getCause() instanceof ShutdownSignalException signal
            && signal.getReason() instanceof AMQP.Channel.Close close
        ? close
        : null;
  }
}
