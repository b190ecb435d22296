package io.doos.worker.run;

import io.doos.common.job.Ticket;
import io.doos.worker.office.Inmate;
import io.doos.worker.office.Office;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt under way, as those see it who may have to stop it. Stopping kills the office it is
 * in; an attempt that is not in one yet finds out before it enters. Safe for use by any thread.
 */
public final class RunningJob {

  private static final Logger log = LoggerFactory.getLogger(RunningJob.class);

  private @Nullable Inmate office;
  private boolean entered;
  private @Nullable Stop stop;
  private @Nullable Ticket ticket;
  private @Nullable Instant enteredAt;
  private final List<Runnable> putOff = new ArrayList<>();

  /**
   * A job in an office.
   *
   * @param office its name
   * @param since when the job entered it
   */
  public record Seated(Ticket ticket, String office, Instant since) {}

  /** Why an attempt was stopped from outside. */
  enum Stop {
    /** Somebody cancelled or deleted the job. */
    WITHDRAWN,
    /** The broker has given its message to somebody else. */
    LINK_LOST,
    /** This worker is stopping and the grace is over. */
    HANDED_BACK
  }

  /** Stops the attempt, for the first reason given. */
  synchronized void stop(Stop why) {
    if (stop == null) {
      stop = why;
      if (office != null) {
        office.kill(Office.Death.WITHDRAWN);
      }
      notifyAll();
    }
  }

  /** Stops the attempt unless an office has begun it. */
  synchronized void stopUnlessEntered(Stop why) {
    if (!entered) {
      stop(why);
    }
  }

  /** Says which job it is, for those who look. */
  synchronized void claimed(Ticket whose) {
    ticket = whose;
  }

  /** Says that an office works on it from now on, unless it was stopped before. */
  synchronized void enter(Inmate worksOnIt, Instant now) throws StoppedException {
    check();
    office = worksOnIt;
    entered = true;
    enteredAt = now;
  }

  /** Where it is worked on; empty while no office does. */
  synchronized Optional<Seated> seated() {
    return office == null || ticket == null || enteredAt == null
        ? Optional.empty()
        : Optional.of(new Seated(ticket, office.name(), enteredAt));
  }

  /** Says that the office is done with it: it is no longer killed for this job. */
  synchronized void leave() {
    office = null;
  }

  synchronized Optional<Stop> stopped() {
    return Optional.ofNullable(stop);
  }

  /** Leaves something for when the job's end has been told: nobody should wait for it. */
  synchronized void putOff(Runnable what) {
    putOff.add(what);
  }

  /** Does what was put off, in its order. None of it fails a job that has ended. */
  void catchUp() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(putOff);
      putOff.clear();
    }
    for (var what : all) {
      try {
        what.run();
      } catch (RuntimeException e) {
        log.error("What was put off at job {} failed", ticket, e);
      }
    }
  }

  /** Goes on unless it was stopped. */
  synchronized void check() throws StoppedException {
    if (stop != null) {
      throw new StoppedException(stop);
    }
  }

  /** Waits for {@code time}, no longer than until it is stopped. */
  synchronized void pause(Duration time) throws StoppedException, InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toMillis();
        stop == null && left > 0;
        left = (until - System.nanoTime()) / 1_000_000) {
      wait(left);
    }
    check();
  }
}
