package io.doos.common.queue;

import com.rabbitmq.client.AMQP;

/**
 * A message on its way out.
 *
 * @param mandatory whether it counts as undelivered when no queue takes it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that nobody compares
record Letter(
    String exchange,
    String routingKey,
    boolean mandatory,
    AMQP.BasicProperties properties,
    byte[] body) {

  /** The delivery mode of a message that survives the broker's restart. */
  static final int PERSISTENT = 2;

  /** The delivery mode of a message that need not. */
  static final int TRANSIENT = 1;

  static final String JSON = "application/json";

  /** What became of it. */
  enum Fate {
    CONFIRMED,
    /** No queue took it. */
    RETURNED,
    /** The broker refused it. */
    NACKED,
    /** The channel was lost before the confirm. */
    LOST
  }
}
