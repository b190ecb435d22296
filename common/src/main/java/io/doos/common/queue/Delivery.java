package io.doos.common.queue;

import io.doos.common.job.BadJobException;
import io.doos.common.job.Pool;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.JobRecord;
import org.jspecify.annotations.Nullable;

/**
 * A job message handed to this worker. Exactly one of {@code ack}, {@code requeue} and {@code park}
 * ends it; a second call, and any call after the channel was lost, does nothing. Safe for use by
 * any thread.
 */
public interface Delivery {

  /** The pool whose queue it came from. */
  Pool pool();

  /**
   * What the message says.
   *
   * @throws BadJobException when it is not a job message of a version that we know
   */
  JobRecord job() throws BadJobException;

  /** The queue that waits for the job's end, named beside the message; null when none does. */
  @Nullable String replyTo();

  /** What the reply carries so that its receiver knows it; null when there is nothing. */
  @Nullable String correlationId();

  /** How it came: what a claim of its job means that is there already. */
  Arrival arrival();

  /**
   * Whether this may be the first time that anybody sees it: neither redelivered nor republished by
   * a janitor.
   */
  default boolean isFresh() {
    return arrival() == Arrival.FRESH;
  }

  /** Done with: the broker forgets it. */
  void ack();

  /** Handed back: the broker gives it to somebody else, or to us again. */
  void requeue();

  /**
   * Never to be looked at again: goes to {@code doos.dead} with {@code reason} in its header {@code
   * x-doos-reason}, confirmed, and is acked.
   */
  void park(String reason) throws BrokerFailure, InterruptedException;

  /**
   * Whether its channel is gone: the broker has given the message to somebody else by now, and
   * nothing done here may become visible.
   */
  boolean isLost();

  /**
   * Runs {@code action} once when the channel is lost, at once if it already is; on the broker
   * link's thread, so it must be quick.
   */
  void onLost(Runnable action);
}
