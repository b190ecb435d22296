package io.doos.worker.run;

import io.doos.worker.run.RunningJob.Stop;

/** The attempt was stopped from outside; whatever it was about to do must not happen. */
public final class StoppedException extends Exception {

  private final Stop why;

  StoppedException(Stop why) {
    super("stopped: " + why, null, false, false);
    this.why = why;
  }

  Stop why() {
    return why;
  }
}
