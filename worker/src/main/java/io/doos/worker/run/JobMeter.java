package io.doos.worker.run;

import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.Status;
import io.doos.common.trace.AttemptSeen;

/** Is told what happens to jobs on this worker, on the jobs' own threads: it must be quick. */
public interface JobMeter {

  /** Tells nobody. */
  JobMeter NONE =
      new JobMeter() {
        @Override
        public void delivered(Arrival arrival) {}

        @Override
        public void fetched(long bytes) {}

        @Override
        public void ended(JobRecord job, Status status) {}

        @Override
        public void attempted(AttemptSeen attempt) {}
      };

  /** A message came from the broker. */
  void delivered(Arrival arrival);

  /** A job's input files are here. */
  void fetched(long bytes);

  /** This worker gave a job its end. */
  void ended(JobRecord job, Status status);

  /** This worker is done with an attempt, whatever came of it. */
  void attempted(AttemptSeen attempt);
}
