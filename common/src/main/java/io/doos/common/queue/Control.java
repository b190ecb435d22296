package io.doos.common.queue;

import io.doos.common.job.Ticket;
import java.util.function.Consumer;

/**
 * Hints to all workers; they may be lost, so whoever gets one still asks the ledger, and asks it
 * without one too.
 */
public interface Control {

  /** Tells that a job was cancelled or deleted. Best effort, never a failure. */
  void publishWithdrawn(Ticket ticket);

  /** Hears of withdrawn jobs from now on, across lost links, with gaps. */
  AutoCloseable subscribe(Consumer<Ticket> listener) throws BrokerFailure;
}
