package io.doos.gateway.http;

import com.fasterxml.jackson.databind.node.TextNode;
import io.doos.common.http.Problem;
import io.doos.common.job.Ticket;
import io.doos.common.status.JobError;
import io.doos.common.status.Status;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.results.Unavailable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the door says no. */
final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  static final String UNKNOWN_TICKET = "urn:doos:unknown-ticket";
  static final String NOT_FINISHED = "urn:doos:not-finished";
  static final String NO_RESULT = "urn:doos:no-result";
  static final String UNKNOWN_FILE = "urn:doos:unknown-file";
  static final String TICKET_TAKEN = "urn:doos:ticket-taken";
  static final String JOB_FAILED = "urn:doos:job-failed";

  private static final String SOON = "5";

  private Answers() {}

  static Problem unknownTicket() {
    return Problem.of(404, UNKNOWN_TICKET, "The farm knows no such ticket.");
  }

  static Problem tryLater(Unavailable e) {
    log.warn("A request could not be answered: {}", e.why(), e);
    return later(503, e.why());
  }

  static Problem diskFailed(IOException e) {
    log.error("The disk of this gateway failed", e);
    return later(503, "This gateway's disk failed");
  }

  static Problem of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.Invalid _ -> Problem.of(400, refusal.why() + ".");
      case Refusal.TicketTaken _ -> Problem.of(409, TICKET_TAKEN, refusal.why() + ".");
      case Refusal.NotPermitted _ -> Problem.of(403, Guard.NOT_PERMITTED, refusal.why() + ".");
      case Refusal.Busy _, Refusal.TooManyJobs _ -> later(429, refusal.why());
      case Refusal.TryLater _ -> later(503, refusal.why());
    };
  }

  private static Problem later(int status, String why) {
    return Problem.of(status, why + ", try again later.").with("Retry-After", SOON);
  }

  static Problem tooLarge(long mostBytes) {
    return Problem.of(
        413, "The request is larger than " + mostBytes + " bytes (setting tcp.max-frame).");
  }

  /** A job that a client waits for has failed: whose fault it was decides the status. */
  static Problem failed(Ticket ticket, JobError error) {
    var status =
        switch (error.code()) {
          case MACRO_ERROR,
              MACRO_SYNTAX,
              BAD_DOCUMENT,
              PASSWORD_REQUIRED,
              BAD_JOB,
              INPUT_MISSING,
              INPUT_TOO_LARGE,
              OUTPUT_TOO_LARGE ->
              400;
          case TIMEOUT, OUT_OF_CPU_TIME, EXPIRED -> 503;
          case CANCELLED -> 409;
          case OFFICE_CRASHED, OUT_OF_MEMORY, WORKER_LOST, INTERNAL -> 500;
        };
    return Problem.of(status, JOB_FAILED, error.oneLine())
        .and("code", TextNode.valueOf(error.code().name()))
        .and("ticket", TextNode.valueOf(ticket.value()));
  }

  static Problem notFinished(Status status) {
    return Problem.of(409, NOT_FINISHED, "The job is " + status.state() + " and has no result yet.")
        .with("Retry-After", "1");
  }
}
