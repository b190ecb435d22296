package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.doos.common.job.Pool;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * Asks by a passive declaration, on a channel of its own each time: the broker closes it when there
 * is no such queue. RabbitMQ answers with the messages that wait, Qpid counts those in hand too.
 */
final class RabbitQueues implements Queues {

  private final BrokerLink link;

  RabbitQueues(BrokerLink link) {
    this.link = link;
  }

  @Override
  public long ready(Pool pool) throws BrokerFailure {
    var connection = link.connection().getNow(null);
    if (connection == null) {
      throw new BrokerFailure.Unavailable(
          "The broker is not available: " + link.report().reason(), null);
    }
    try {
      return count(connection, pool);
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      if (isNotFound(e)) {
        throw new BrokerFailure.NoSuchPool(pool);
      }
      throw new BrokerFailure.Unavailable(
          "The broker did not say how many jobs wait: " + BrokerUrl.reason(e), e);
    }
  }

  private static long count(Connection connection, Pool pool) throws IOException, TimeoutException {
    var channel = connection.createChannel();
    if (channel == null) {
      throw new IOException("the broker gives no channel");
    }
    try {
      return channel.messageCount(Topology.queueOf(pool));
    } finally {
      channel.abort();
    }
  }

  private static boolean isNotFound(Exception e) {
    return e.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.NOT_FOUND;
  }
}
