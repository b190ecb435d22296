package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker something, on a channel of its own each time: the broker closes it when the answer
 * is no. It is done on a thread of its own: an interrupt in the middle would break the connection
 * for all.
 */
final class SideChannel {

  private final BrokerLink link;

  SideChannel(BrokerLink link) {
    this.link = link;
  }

  /** What to ask; the channel is closed afterwards, and what it holds goes back. */
  interface Question<T> {
    T ask(Channel channel) throws Exception;
  }

  /** The broker says that there is no such thing. */
  static final class NotFound extends Exception {
    NotFound(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Asks.
   *
   * @throws BrokerFailure what the question threw, or that there is no broker to be asked
   */
  <T> T ask(Question<T> question) throws NotFound, BrokerFailure, InterruptedException {
    var connection = link.connection().getNow(null);
    if (connection == null) {
      throw new BrokerFailure.Unavailable(
          "The broker is not available: " + link.report().reason(), null);
    }
    var asking = new FutureTask<>(() -> ask(connection, question));
    Thread.ofVirtual().name("broker-question").start(asking);
    try {
      return asking.get();
    } catch (ExecutionException e) {
      var why = e.getCause();
      if (why instanceof BrokerFailure failure) {
        throw failure;
      }
      if (isNotFound(why)) {
        throw new NotFound(e);
      }
      throw new BrokerFailure.Unavailable("The broker did not answer: " + why, why);
    }
  }

  private static <T> T ask(Connection connection, Question<T> question) throws Exception {
    var channel = connection.createChannel();
    if (channel == null) {
      throw new java.io.IOException("the broker gives no channel");
    }
    try {
      return question.ask(channel);
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
