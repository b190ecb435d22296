package io.doos.worker.run;

import io.doos.common.job.Work;
import io.doos.common.ledger.Begin;

/**
 * Sends each job to what can do it.
 *
 * @param office does macros and conversions
 * @param formatter does documents to format
 */
public record AttemptByKind(Attempt office, Attempt formatter) implements Attempt {

  @Override
  public Report run(Begin.Claimed claimed, RunningJob running)
      throws StoppedException, InterruptedException {
    return switch (claimed.job().message().work()) {
      case Work.RunMacro _, Work.Convert _ -> office.run(claimed, running);
      case Work.Format _ -> formatter.run(claimed, running);
    };
  }
}
