package io.doos.common.queue;

import io.doos.common.ledger.JobRecord;

/** Puts jobs into their pool's queue. Safe for use by any number of threads. */
public interface JobPublisher {

  /**
   * Publishes {@code job} as a persistent, mandatory message and returns when the broker has
   * confirmed it.
   *
   * @throws BrokerFailure when it was not confirmed; the message may be in the queue all the same,
   *     so whoever drew a ticket for it commits that ticket CANCELLED
   * @throws InterruptedException when interrupted before the confirm; as unknown as a failure
   */
  void publish(JobRecord job) throws BrokerFailure, InterruptedException;
}
