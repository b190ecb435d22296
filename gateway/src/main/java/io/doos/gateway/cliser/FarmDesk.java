package io.doos.gateway.cliser;

import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.Result;
import io.doos.common.status.Status;
import io.doos.gateway.access.Caller;
import io.doos.gateway.intake.Door;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.intake.Submission;
import io.doos.gateway.intake.Submission.SpooledFile;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The farm behind this gateway. */
record FarmDesk(Intake intake, Results results, Pool pool) implements Desk {

  @Override
  public Ticket submit(Work.Format work, List<SpooledFile> files, Caller caller)
      throws Refusal, IOException, InterruptedException {
    var submission = new Submission(work, files, pool, null, null, null);
    return intake.submit(submission, caller, Door.CLISER);
  }

  @Override
  public Optional<Status> status(Ticket ticket, Caller caller) throws Unavailable {
    return results.status(ticket, caller);
  }

  @Override
  public boolean copy(Result result, OutputStream target) throws Unavailable, IOException {
    return results.copy(result, target);
  }

  @Override
  public void delete(Ticket ticket, Caller caller) throws Unavailable {
    results.delete(ticket, caller);
  }
}
