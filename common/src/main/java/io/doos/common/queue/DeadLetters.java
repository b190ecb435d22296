package io.doos.common.queue;

import io.doos.common.job.Pool;
import java.util.List;

/** The messages in {@code doos.dead}, for an operator. */
public interface DeadLetters {

  /**
   * What is there.
   *
   * @param total how many there are
   * @param first the oldest of them
   */
  record Look(long total, List<DeadLetter> first) {
    public Look {
      first = List.copyOf(first);
    }
  }

  /** How many there are. */
  long count() throws BrokerFailure, InterruptedException;

  /** Shows the oldest, {@code most} at most; they stay where they are, in their order. */
  Look look(int most) throws BrokerFailure, InterruptedException;

  /**
   * Puts one back into a pool's queue, as it came but for what was written on it since; it is gone
   * from here once the queue has it. If we die in between it is in both.
   *
   * @return whether it was there
   * @throws BrokerFailure.NoSuchPool when no worker ever served the pool
   */
  boolean requeue(String id, Pool pool) throws BrokerFailure, InterruptedException;

  /**
   * Removes one for good.
   *
   * @return whether it was there
   */
  boolean remove(String id) throws BrokerFailure, InterruptedException;
}
