package io.doos.common.queue;

import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerOrder;
import java.util.function.Consumer;

/**
 * How workers tell of themselves, and how operators talk to them. What is said while a link is lost
 * is not heard; workers repeat themselves, operators look whether they were understood.
 */
public interface Workers {

  /** A worker tells of itself. Best effort, never a failure, and no waiting. */
  void tell(WorkerNews news);

  /** Hears of all workers from now on, across lost links, with gaps. */
  AutoCloseable hear(Consumer<WorkerNews> listener) throws BrokerFailure;

  /**
   * Gives an order to all whom it is for and who are there.
   *
   * @throws BrokerFailure when the broker did not take it
   */
  void order(WorkerOrder order) throws BrokerFailure, InterruptedException;

  /** Hears of orders from now on, those for others too. */
  AutoCloseable obey(Consumer<WorkerOrder> listener) throws BrokerFailure;
}
