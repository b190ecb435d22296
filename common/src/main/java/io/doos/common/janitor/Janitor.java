package io.doos.common.janitor;

import io.doos.common.ledger.Upkeep;
import io.doos.common.life.Service;
import io.doos.common.queue.Broker;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the farm's store tidy and its jobs moving: each minute it looks after the open jobs, each
 * day after all that is kept. Every gateway has one; whose turn it is the store decides, so that
 * there is one at work in the whole farm. An outage of store or broker costs it a turn.
 *
 * <p>Two virtual threads of its own. The first turn is taken at the start if nobody has it:
 * gateways that start together do not all begin at once.
 */
public final class Janitor implements Service {

  private static final Logger log = LoggerFactory.getLogger(Janitor.class);

  /** After a failure the turn is still ours. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final Chore minutes;
  private final Chore days;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /**
   * What the operator decides.
   *
   * @param bundleLife how long after its upload a bundle may be needed by a job that is not open:
   *     the longest wait of a job and its retention
   */
  public record Config(Duration bundleLife) {}

  public Janitor(
      Config config, ObjectStore store, Upkeep upkeep, Broker broker, InstantSource clock) {
    minutes =
        new Chore(new Rota(store, clock, Rota.Period.MINUTE), new OpenJobs(store, upkeep, broker));
    days =
        new Chore(
            new Rota(store, clock, Rota.Period.DAY),
            new FullListing(store, upkeep, config.bundleLife()));
  }

  @Override
  public synchronized void start() {
    if (threads.isEmpty() && closed.getCount() > 0) {
      threads.add(Thread.ofVirtual().name("janitor-minutes").start(() -> live(minutes)));
      threads.add(Thread.ofVirtual().name("janitor-days").start(() -> live(days)));
    }
  }

  /** Breaks off what is being done; the next turn does it, here or elsewhere. */
  @Override
  public synchronized void close() {
    closed.countDown();
    for (var thread : threads) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Looks after the open jobs if it is our turn. */
  public void lookAfterOpenJobs() throws InterruptedException {
    var _ = minutes.attend();
  }

  /** Looks after all that is kept if it is our turn. */
  public void sweep() throws InterruptedException {
    var _ = days.attend();
  }

  private void live(Chore chore) {
    try {
      Duration pause;
      do {
        pause = attend(chore);
      } while (!closed.await(pause.toMillis() + 1, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.debug("The janitor is told to stop"); // only close() interrupts this thread
    }
  }

  /** Whatever happens there is another turn: without a janitor nothing lost would be found. */
  private static Duration attend(Chore chore) throws InterruptedException {
    try {
      return chore.attend();
    } catch (Error e) {
      log.error("The janitor's process is in trouble", e);
      return RETRY;
    }
  }

  /** A duty and its turns. */
  private record Chore(Rota rota, Duty duty) {

    /** Does the duty if it is our turn; answers how long to wait until the next. */
    Duration attend() throws InterruptedException {
      try {
        var turn = rota.take();
        if (turn.isPresent()) {
          duty.perform(turn.get());
        }
        return rota.untilNext();
      } catch (StoreFailure e) {
        log.warn("The janitor could not finish its turn: {}", e.getMessage());
      } catch (RuntimeException e) {
        log.error("The janitor met a fault", e);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var next = rota.untilNext();
      return next.compareTo(RETRY) < 0 ? next : RETRY;
    }
  }
}
