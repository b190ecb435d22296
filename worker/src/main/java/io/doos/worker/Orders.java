package io.doos.worker;

import io.doos.common.crew.WorkerOrder;
import io.doos.common.job.Pool;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Workers;
import io.doos.worker.run.JobTaker;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what operators order, one after the other on a virtual thread of its own: the broker's must
 * not wait for the broker.
 */
final class Orders implements Service {

  private static final Logger log = LoggerFactory.getLogger(Orders.class);

  private final Workers workers;
  private final String name;
  private final Pool pool;
  private final JobTaker taker;
  private final Runnable done;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("orders").factory());
  private final Closer closer = new Closer();

  /**
   * @param done called after each order that was for us
   */
  Orders(Workers workers, String name, Pool pool, JobTaker taker, Runnable done) {
    this.workers = workers;
    this.name = name;
    this.pool = pool;
    this.taker = taker;
    this.done = done;
  }

  @Override
  public void start() throws BrokerFailure {
    closer.add(thread::shutdown);
    closer.add(workers.obey(this::hear));
  }

  @Override
  public void close() {
    closer.close();
    thread.shutdown();
  }

  private void hear(WorkerOrder order) {
    if (order.isFor(name, pool)) {
      try {
        thread.execute(() -> obey(order));
      } catch (RejectedExecutionException e) {
        log.debug("An order came too late", e);
      }
    }
  }

  private void obey(WorkerOrder order) {
    log.info("An operator says: {}", order.what());
    try {
      switch (order.what()) {
        case PAUSE -> taker.pause();
        case DRAIN -> taker.drain();
        case RESUME -> taker.resume();
      }
    } catch (BrokerFailure e) {
      log.warn("The order could not be carried out: {}", e.getMessage());
    }
    done.run();
  }
}
