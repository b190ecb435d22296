package io.doos.common.queue;

import io.doos.common.job.Pool;

/**
 * Asks by a passive declaration. RabbitMQ answers with the messages that wait, Qpid counts those in
 * hand too.
 */
final class RabbitQueues implements Queues {

  private final SideChannel side;

  RabbitQueues(SideChannel side) {
    this.side = side;
  }

  @Override
  public long ready(Pool pool) throws BrokerFailure, InterruptedException {
    try {
      return side.ask(channel -> channel.messageCount(Topology.queueOf(pool)));
    } catch (SideChannel.NotFound e) {
      throw new BrokerFailure.NoSuchPool(pool);
    }
  }
}
