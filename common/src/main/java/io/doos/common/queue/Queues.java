package io.doos.common.queue;

import io.doos.common.job.Pool;

/** What a broker tells of the pools' queues. */
public interface Queues {

  /**
   * How many messages wait in a pool's queue. Some brokers count those too that a worker has in
   * hand, never fewer than wait.
   *
   * @throws BrokerFailure.NoSuchPool when there is no such queue
   */
  long ready(Pool pool) throws BrokerFailure, InterruptedException;
}
