package io.doos.worker.run;

import io.doos.common.job.Pool;
import io.doos.common.life.Service;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Deliveries;
import io.doos.common.queue.Delivery;
import io.doos.worker.run.RunningJob.Stop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from the queue, never more than there are offices plus a small stage, so that the next
 * job's input is there when an office becomes free and no job waits here that another worker could
 * run. Each runs on a thread of its own.
 */
public final class JobTaker implements Service {

  private static final Logger log = LoggerFactory.getLogger(JobTaker.class);

  /** What is left to do after an attempt was stopped: record it, remove its folder. */
  private static final Duration WIND_UP = Duration.ofSeconds(10);

  private static final Duration PARK_PAUSE = Duration.ofSeconds(1);

  private final Deliveries deliveries;
  private final JobRunner runner;
  private final Config config;
  private volatile boolean hurried;
  private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();
  private Deliveries.@Nullable Subscription subscription;

  /**
   * How jobs are taken.
   *
   * @param limit how many jobs to have in hand at once
   * @param longest how long a job may stay in hand
   * @param grace how long running jobs may go on after {@link #close}
   */
  public record Config(Pool pool, int limit, Duration longest, Duration grace) {}

  public JobTaker(Deliveries deliveries, JobRunner runner, Config config) {
    this.deliveries = deliveries;
    this.runner = runner;
    this.config = config;
  }

  @Override
  public synchronized void start() throws BrokerFailure {
    subscription = deliveries.take(config.pool(), config.limit(), config.longest(), this::take);
  }

  /**
   * Takes no more, gives back what no office has begun, lets the rest finish within the grace, then
   * gives that back too.
   */
  @Override
  public synchronized void close() {
    if (subscription == null) {
      return;
    }
    subscription.stop();
    running.forEach(job -> job.stopUnlessEntered(Stop.HANDED_BACK));
    if (!awaitNone(config.grace(), true)) {
      log.warn("Handing back {} jobs that did not finish in time", running.size());
      running.forEach(job -> job.stop(Stop.HANDED_BACK));
      if (!awaitNone(WIND_UP, false)) {
        log.error(
            "{} jobs could not be handed back; the broker does it when the link closes",
            running.size());
      }
    }
    subscription.close();
    subscription = null;
  }

  @Override
  public void hurry() {
    hurried = true;
    synchronized (running) {
      running.notifyAll();
    }
  }

  private void take(Delivery delivery) {
    var job = new RunningJob();
    running.add(job);
    delivery.onLost(() -> job.stop(Stop.LINK_LOST));
    try {
      settle(delivery, look(delivery, job), job);
    } catch (StoppedException e) {
      delivery.requeue();
    } catch (InterruptedException e) {
      delivery.requeue();
      Thread.currentThread().interrupt();
    } finally {
      running.remove(job);
      synchronized (running) {
        running.notifyAll();
      }
    }
  }

  private Outcome look(Delivery delivery, RunningJob job) throws InterruptedException {
    try {
      return runner.run(delivery, job);
    } catch (RuntimeException e) {
      log.error("A job could not be looked after", e);
      return new Outcome.Unreadable("Internal error: " + e);
    }
  }

  private static void settle(Delivery delivery, Outcome outcome, RunningJob job)
      throws StoppedException, InterruptedException {
    switch (outcome) {
      case Outcome.Done _ -> delivery.ack();
      case Outcome.HandedBack _, Outcome.Withdrawn _ -> delivery.requeue();
      case Outcome.Unreadable(var reason) -> park(delivery, reason, job);
      case Outcome.Lost _ -> log.info("A delivery was lost; its job is somebody else's now");
    }
  }

  /** Tries for as long as the delivery is ours: given back, it would only come again at once. */
  private static void park(Delivery delivery, String reason, RunningJob job)
      throws StoppedException, InterruptedException {
    while (true) {
      try {
        delivery.park(reason);
        return;
      } catch (BrokerFailure e) {
        log.warn("A message could not be parked, trying again: {}", e.getMessage());
      }
      job.pause(PARK_PAUSE);
    }
  }

  private boolean awaitNone(Duration patience, boolean unlessHurried) {
    long until = System.nanoTime() + patience.toNanos();
    synchronized (running) {
      for (long left = patience.toMillis();
          !running.isEmpty() && left > 0 && !(unlessHurried && hurried);
          left = (until - System.nanoTime()) / 1_000_000) {
        try {
          running.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return running.isEmpty();
    }
  }
}
