package io.doos.worker.run;

import io.doos.worker.office.Office;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt under way, as those see it who may have to stop it. Stopping kills the office it is
 * in; an attempt that is not in one yet finds out before it enters. Safe for use by any thread.
 */
final class RunningJob {

  private @Nullable Office office;
  private @Nullable Stop stop;

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
    }
  }

  /** Stops the attempt unless an office is at work on it. */
  synchronized void stopUnlessInOffice(Stop why) {
    if (office == null) {
      stop(why);
    }
  }

  /** Says that {@code entered} works on it from now on; false when it was stopped before. */
  synchronized boolean enter(Office entered) {
    if (stop == null) {
      office = entered;
    }
    return stop == null;
  }

  /** Says that the office is done with it: it is no longer killed for this job. */
  synchronized void leave() {
    office = null;
  }

  synchronized Optional<Stop> stopped() {
    return Optional.ofNullable(stop);
  }
}
