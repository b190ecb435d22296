package io.doos.gateway.cliser;

import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.Result;
import io.doos.common.status.Status;
import io.doos.gateway.access.Caller;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.intake.Submission.SpooledFile;
import io.doos.gateway.results.Unavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** What a session asks of the farm. Safe for use by any number of threads. */
interface Desk {

  /** Has a document formatted; see the intake. */
  Ticket submit(Work.Format work, List<SpooledFile> files, Caller caller)
      throws Refusal, IOException, InterruptedException;

  /** How it is doing; empty when somebody has deleted it. */
  Optional<Status> status(Ticket ticket, Caller caller) throws Unavailable;

  /** Writes a result, a zip, to a spool; false when it is gone. */
  boolean copy(Result result, OutputStream target) throws Unavailable, IOException;

  /** Stops it if it runs, and deletes all of it. */
  void delete(Ticket ticket, Caller caller) throws Unavailable;
}
