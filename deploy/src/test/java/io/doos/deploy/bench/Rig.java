package io.doos.deploy.bench;

import java.time.Duration;

/** Something that does jobs as fast as it can. */
interface Rig {

  /** What came of a while of doing so. */
  record Run(long jobs, Duration time) {
    double perSecond() {
      return jobs / (time.toNanos() / 1e9);
    }

    Run plus(Run more) {
      return new Run(jobs + more.jobs, time.plus(more.time));
    }
  }

  /** Begins jobs for {@code time}, and returns when all have ended. */
  Run run(Workload workload, Duration time) throws Exception;
}
