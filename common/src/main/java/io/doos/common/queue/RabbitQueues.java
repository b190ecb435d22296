package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.doos.common.job.Pool;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks by a passive declaration, on a channel of its own each time: the broker closes it when there
 * is no such queue. RabbitMQ answers with the messages that wait, Qpid counts those in hand too. It
 * is done on a thread of its own: an interrupt in the middle would break the connection for all.
 */
final class RabbitQueues implements Queues {

  private final BrokerLink link;

  RabbitQueues(BrokerLink link) {
    this.link = link;
  }

  @Override
  public long ready(Pool pool) throws BrokerFailure, InterruptedException {
    var connection = link.connection().getNow(null);
    if (connection == null) {
      throw new BrokerFailure.Unavailable(
          "The broker is not available: " + link.report().reason(), null);
    }
    var asking = new FutureTask<>(() -> count(connection, pool));
    Thread.ofVirtual().name("broker-queues").start(asking);
    try {
      return asking.get();
    } catch (ExecutionException e) {
      var why = e.getCause();
      if (isNotFound(why)) {
        throw new BrokerFailure.NoSuchPool(pool);
      }
      throw new BrokerFailure.Unavailable("The broker did not say how many jobs wait: " + why, why);
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

  private static boolean isNotFound(@Nullable Throwable e) {
    return e != null
        && e.getCause() instanceof ShutdownSignalException signal
        && signal.getReason() instanceof AMQP.Channel.Close close
        && close.getReplyCode() == AMQP.NOT_FOUND;
  }
}
