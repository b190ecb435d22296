package io.doos.common.queue;

import io.doos.common.status.Status;
import java.util.function.Consumer;

/** News of jobs, for whoever waits. Best effort: the store has the truth. */
public interface Events {

  /** Tells that a job entered its state; at most a few milliseconds of waiting, never a failure. */
  void publish(Status status);

  /**
   * Sends the final status to the queue that the job's publisher named; confirmed, because nobody
   * else would tell it.
   */
  void reply(String replyTo, @org.jspecify.annotations.Nullable String correlationId, Status status)
      throws BrokerFailure, InterruptedException;

  /** Hears of all jobs from now on, across lost links, with gaps. */
  AutoCloseable subscribe(Consumer<Status> listener) throws BrokerFailure;
}
