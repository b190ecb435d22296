package io.doos.worker.run;

import io.doos.common.job.Pool;
import io.doos.common.life.Service;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Deliveries;
import io.doos.common.queue.Delivery;
import io.doos.worker.run.RunningJob.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from the queue, never more than there are offices plus a small stage, so that the next
 * job's input is there when an office becomes free and no job waits here that another worker could
 * run. Each runs on a thread of its own. Taking may be paused and resumed.
 */
public final class JobTaker implements Service {

  private static final Logger log = LoggerFactory.getLogger(JobTaker.class);

  /** What is left to do after an attempt was stopped: record it, remove its folder. */
  private static final Duration WIND_UP = Duration.ofSeconds(10);

  private static final Duration PARK_PAUSE = Duration.ofSeconds(1);

  private static final Duration ERROR_PAUSE = Duration.ofSeconds(1);

  private final Deliveries deliveries;
  private final JobRunner runner;
  private final Config config;
  private volatile boolean hurried;
  private final Set<RunningJob> running = ConcurrentHashMap.newKeySet();
  private final List<Shift> shifts = new ArrayList<>();
  private Order order = Order.TAKE;
  private boolean isClosed;

  /** What it was told last. */
  private enum Order {
    TAKE,
    PAUSE,
    DRAIN
  }

  /** Whether jobs are taken. */
  public enum Mode {
    TAKING,
    /** No more are taken, and what was not begun went back; something still runs. */
    DRAINING,
    /** No more are taken. */
    PAUSED
  }

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
    beginShift();
  }

  private void beginShift() throws BrokerFailure {
    var shift = new Shift();
    shifts.add(shift);
    shift.begin(
        deliveries.take(
            config.pool(), config.limit(), config.longest(), delivery -> take(delivery, shift)));
  }

  /** Takes no more until told to; what is in hand is done here. */
  public synchronized void pause() {
    order = Order.PAUSE;
    endShifts();
  }

  /** Takes no more until told to; gives back what no office has begun, finishes the rest. */
  public synchronized void drain() {
    order = Order.DRAIN;
    endShifts();
    running.forEach(job -> job.stopUnlessEntered(Stop.HANDED_BACK));
  }

  /**
   * Takes jobs again; nothing happens while it does, and nothing after {@link #close}. For a while
   * it may have more in hand than its limit: what it had when it paused counts apart.
   */
  public synchronized void resume() throws BrokerFailure {
    if (order != Order.TAKE && !isClosed) {
      beginShift();
      order = Order.TAKE;
    }
  }

  /** What it does now. */
  public synchronized Mode mode() {
    return switch (order) {
      case TAKE -> Mode.TAKING;
      case PAUSE -> Mode.PAUSED;
      case DRAIN -> running.isEmpty() ? Mode.PAUSED : Mode.DRAINING;
    };
  }

  /** How many jobs it has in hand. */
  public int inHand() {
    return running.size();
  }

  /** The jobs that offices work on. */
  public List<RunningJob.Seated> seated() {
    return running.stream().flatMap(job -> job.seated().stream()).toList();
  }

  private void endShifts() {
    shifts.forEach(Shift::end);
    shifts.removeIf(Shift::isClosed);
  }

  /**
   * Takes no more, gives back what no office has begun, lets the rest finish within the grace, then
   * gives that back too.
   */
  @Override
  public void close() {
    if (!stopTaking()) {
      return;
    }
    if (!awaitNone(config.grace(), true)) {
      log.warn("Handing back {} jobs that did not finish in time", running.size());
      running.forEach(job -> job.stop(Stop.HANDED_BACK));
      if (!awaitNone(WIND_UP, false)) {
        log.error(
            "{} jobs could not be handed back; the broker does it when the link closes",
            running.size());
      }
    }
    closeShifts();
  }

  /** Answers at once, so that who asks how we are need not wait for the jobs that finish. */
  private synchronized boolean stopTaking() {
    if (isClosed) {
      return false;
    }
    isClosed = true;
    endShifts();
    running.forEach(job -> job.stopUnlessEntered(Stop.HANDED_BACK));
    return true;
  }

  private synchronized void closeShifts() {
    shifts.forEach(Shift::close);
  }

  @Override
  public void hurry() {
    hurried = true;
    synchronized (running) {
      running.notifyAll();
    }
  }

  private void take(Delivery delivery, Shift shift) {
    var job = new RunningJob();
    running.add(job);
    shift.took();
    delivery.onLost(() -> job.stop(Stop.LINK_LOST));
    try {
      settle(delivery, look(delivery, job), job);
    } catch (StoppedException e) {
      delivery.requeue();
    } catch (InterruptedException e) {
      delivery.requeue();
      Thread.currentThread().interrupt();
    } catch (Error e) {
      log.error("This worker is in trouble; the job goes to another", e);
      handBack(delivery, job);
    } finally {
      running.remove(job);
      synchronized (running) {
        running.notifyAll();
      }
      shift.ended();
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

  /** Not at once: it might come straight back. */
  private static void handBack(Delivery delivery, RunningJob job) {
    try {
      job.pause(ERROR_PAUSE);
    } catch (StoppedException e) {
      log.debug("Stopped before the pause was over", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      delivery.requeue();
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
