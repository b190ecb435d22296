package io.doos.common.queue;

import io.doos.common.job.Pool;
import org.jspecify.annotations.Nullable;

/**
 * The broker did not take a message; typed by what the caller can do about it. In every case the
 * message is not in a queue for sure.
 */
public abstract sealed class BrokerFailure extends Exception {

  private BrokerFailure(String why, @Nullable Throwable cause) {
    super(why, cause);
  }

  /**
   * Not reachable, blocked by an alarm, or the confirm did not come in time: the same publish may
   * go through later.
   */
  public static final class Unavailable extends BrokerFailure {
    public Unavailable(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }

  /** Refused by a nack: the queue is at its length limit, or has no leader. */
  public static final class Refused extends BrokerFailure {
    public Refused(String why) {
      super(why, null);
    }
  }

  /**
   * No queue takes jobs of this pool: the pool's name is wrong, or none of its workers has ever
   * run.
   */
  public static final class NoSuchPool extends BrokerFailure {
    public NoSuchPool(Pool pool) {
      super("no queue takes jobs of pool '" + pool + "'", null);
    }
  }
}
