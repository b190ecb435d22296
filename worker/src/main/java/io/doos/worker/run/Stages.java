package io.doos.worker.run;

import io.doos.common.status.Timings;
import java.time.Duration;

/** Measures where an attempt's time goes; a stage may come more than once. */
final class Stages {

  private final Duration queued;
  private long last = System.nanoTime();
  private Duration fetch = Duration.ZERO;
  private Duration run = Duration.ZERO;
  private Duration store = Duration.ZERO;

  /**
   * Begins with the first stage, fetching.
   *
   * @param queued how long the job had waited for its claim
   */
  Stages(Duration queued) {
    this.queued = queued;
  }

  void fetched() {
    fetch = fetch.plus(lap());
  }

  void ran() {
    run = run.plus(lap());
  }

  void stored() {
    store = lap();
  }

  Timings timings() {
    return new Timings(
        Math.max(0, queued.toMillis()), fetch.toMillis(), run.toMillis(), store.toMillis());
  }

  private Duration lap() {
    long now = System.nanoTime();
    var lap = Duration.ofNanos(now - last);
    last = now;
    return lap;
  }
}
