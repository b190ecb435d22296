package io.doos.gateway.cliser;

import io.doos.common.format.PageFormat;
import io.doos.common.format.SystemId;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.gateway.access.Caller;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.intake.Submission.SpooledFile;
import io.doos.gateway.results.Unavailable;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job of the farm for a document: published, waited for, fetched, and deleted, since nobody but
 * the session knows its ticket.
 */
record FormatRun(
    Desk desk, Caller caller, SpoolSpace space, PageFormat format, Teller teller, Rest rest) {

  private static final Logger log = LoggerFactory.getLogger(FormatRun.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  /** What came of it. */
  sealed interface Outcome {
    /** The pages are there; whoever asked closes them. */
    record Done(Pages pages) implements Outcome {}

    /** The document needs these as well. */
    record Lacks(List<SystemId> needs) implements Outcome {}

    record Failed(String why) implements Outcome {}

    /** Nobody wants it any more. */
    record Stopped() implements Outcome {}
  }

  /** Tells the client something. */
  interface Teller {
    void tell(String level, String text) throws IOException, InterruptedException;
  }

  /** Waits; answers whether to go on. */
  interface Rest {
    boolean rest(Duration time) throws IOException, InterruptedException;
  }

  Outcome run(Work.Format work, List<SpooledFile> files) throws IOException, InterruptedException {
    Ticket ticket;
    try {
      ticket = desk.submit(work, files, caller);
    } catch (Refusal e) {
      return new Outcome.Failed(
          switch (e) {
            case Refusal.Invalid _, Refusal.NotPermitted _, Refusal.TicketTaken _ -> e.why() + ".";
            case Refusal.Busy _, Refusal.TryLater _, Refusal.TooManyJobs _ ->
                e.why() + ", try again later.";
          });
    }
    try {
      teller.tell("info", "Ticket " + ticket);
      var ended = await(ticket);
      return ended.isEmpty() ? new Outcome.Stopped() : concluded(ended.get());
    } catch (Unavailable e) {
      log.warn("Job {} could not be asked after: {}", ticket, e.why(), e);
      return new Outcome.Failed(e.why() + ", try again later.");
    } finally {
      delete(ticket);
    }
  }

  /** Its final status; empty when the session ends first. */
  private Optional<Status> await(Ticket ticket)
      throws Unavailable, IOException, InterruptedException {
    var pause = FIRST_PAUSE;
    var told = State.ENQUEUED;
    while (true) {
      var status = desk.status(ticket, caller);
      if (status.isEmpty()) {
        throw new IOException("job " + ticket + " was deleted under its session");
      }
      var now = status.get().state();
      if (now.isFinal()) {
        return status;
      }
      if (now != told) {
        told = now;
        teller.tell("info", "Formatting begins");
      }
      if (!rest.rest(pause)) {
        return Optional.empty();
      }
      var longer = pause.multipliedBy(3).dividedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  private Outcome concluded(Status status) throws Unavailable, IOException, InterruptedException {
    var result = status.result();
    if (result == null) {
      return new Outcome.Failed(why(status));
    }
    try (var zip = space.spool()) {
      if (!desk.copy(result, zip.sink())) {
        return new Outcome.Failed("The pages are gone, try again later.");
      }
      var pages = Pages.of(zip.all(), format, space);
      var kept = false;
      try {
        for (var entry : pages.log()) {
          teller.tell(entry.level(), entry.text());
        }
        if (status.state() == State.DONE) {
          if (pages.more() > 0) {
            teller.tell("warn", "There are " + pages.more() + " more pages, in files of their own");
          }
          kept = true;
          return new Outcome.Done(pages);
        }
        var lacks = status.error() != null && status.error().code() == ErrorCode.INPUT_MISSING;
        return lacks && !pages.missing().isEmpty()
            ? new Outcome.Lacks(pages.missing())
            : new Outcome.Failed(why(status));
      } finally {
        if (!kept) {
          pages.close();
        }
      }
    }
  }

  private static String why(Status status) {
    return status.error() == null
        ? "The job is " + status.state()
        : status.error().code() + ": " + status.error().message();
  }

  private void delete(Ticket ticket) {
    try {
      desk.delete(ticket, caller);
    } catch (Unavailable e) {
      log.info("Job {} stays until the janitor comes: {}", ticket, e.why());
    }
  }
}
