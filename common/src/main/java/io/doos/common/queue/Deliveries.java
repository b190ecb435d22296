package io.doos.common.queue;

import io.doos.common.job.Pool;
import java.time.Duration;
import java.util.function.Consumer;

/** Where workers get jobs from. */
public interface Deliveries {

  /**
   * Takes jobs of {@code pool}, never more than {@code limit} unended at a time, until closed; the
   * subscription survives a lost link.
   *
   * @param longest how long a delivery may stay unended; the broker is asked to be that patient,
   *     and where it cannot be asked the log says what to set there
   * @param taker called for each delivery, on a thread that no other has meanwhile
   */
  Subscription take(Pool pool, int limit, Duration longest, Consumer<Delivery> taker)
      throws BrokerFailure;

  /** The same for deliveries that are ended within half an hour, as every broker waits. */
  default Subscription take(Pool pool, int limit, Consumer<Delivery> taker) throws BrokerFailure {
    return take(pool, limit, ConsumerTimeout.USUAL, taker);
  }

  /** A running subscription. */
  interface Subscription extends AutoCloseable {
    /**
     * Takes no more; deliveries handed out stay valid, those not yet handed out go back. May be
     * called twice.
     */
    void stop();

    /** {@link #stop}, and gives up the channel: unended deliveries are lost. */
    @Override
    void close();
  }
}
