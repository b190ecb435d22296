package io.doos.common.queue;

import io.doos.common.status.Status;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** News of jobs, for whoever waits. Best effort: the store has the truth. */
public interface Events {

  /** Tells that a job entered its state; at most a few milliseconds of waiting, never a failure. */
  default void publish(Status status) {
    publish(status, JobFacts.NONE);
  }

  /** The same, with what else listeners may sort jobs by. */
  void publish(Status status, JobFacts facts);

  /**
   * Sends the final status to the queue that the job's publisher named; confirmed, because nobody
   * else would tell it.
   */
  void reply(String replyTo, @org.jspecify.annotations.Nullable String correlationId, Status status)
      throws BrokerFailure, InterruptedException;

  /** Hears of all jobs from now on, across lost links, with gaps. */
  default AutoCloseable subscribe(Consumer<Status> listener) throws BrokerFailure {
    return subscribe((status, _) -> listener.accept(status));
  }

  /** The same, with what the events tell beside the status. */
  AutoCloseable subscribe(BiConsumer<Status, JobFacts> listener) throws BrokerFailure;
}
