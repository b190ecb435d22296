package io.doos.gateway.http;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.common.job.Ticket;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import io.doos.gateway.access.Caller;
import io.doos.gateway.access.Role;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be asked of a job over HTTP. Keeps nothing between two requests. */
public final class JobRoutes {

  private static final Logger log = LoggerFactory.getLogger(JobRoutes.class);

  /** The problem of a ticket that belongs to no job. */
  public static final String UNKNOWN_TICKET = "urn:doos:unknown-ticket";

  private static final String JOB = "/v1/jobs/{ticket}";

  private final Results results;

  private JobRoutes(Results results) {
    this.results = results;
  }

  public static List<Route> of(Results results, Guard guard) {
    var jobs = new JobRoutes(results);
    return List.of(
        guard.route(Role.SUBMIT, "GET", JOB, jobs::status),
        guard.route(Role.SUBMIT, "POST", JOB + "/cancel", jobs::cancel),
        guard.route(Role.SUBMIT, "DELETE", JOB, jobs::delete));
  }

  private HttpAnswer status(Caller caller, HttpRequest request) throws Problem {
    return record(request, ticket -> results.status(ticket, caller));
  }

  /** A job that has ended answers with its end: there is nothing left to cancel. */
  private HttpAnswer cancel(Caller caller, HttpRequest request) throws Problem {
    return record(request, ticket -> results.cancel(ticket, caller));
  }

  /** As over the doos protocol, deleting what is not there has succeeded. */
  private HttpAnswer delete(Caller caller, HttpRequest request) throws Problem {
    var ticket = ticket(request);
    if (ticket.isPresent()) {
      try {
        results.delete(ticket.get(), caller);
      } catch (Unavailable e) {
        throw tryLater(e);
      }
    }
    return HttpAnswer.empty(204);
  }

  private interface Question {
    Optional<Status> ask(Ticket ticket) throws Unavailable;
  }

  private static HttpAnswer record(HttpRequest request, Question question) throws Problem {
    var ticket = ticket(request);
    try {
      var status = ticket.isPresent() ? question.ask(ticket.get()) : Optional.<Status>empty();
      return HttpAnswer.ok(StatusJson.toTree(status.orElseThrow(JobRoutes::unknown)));
    } catch (Unavailable e) {
      throw tryLater(e);
    }
  }

  private static Optional<Ticket> ticket(HttpRequest request) {
    return Optional.of(request.variable("ticket")).filter(Ticket::isTicket).map(Ticket::new);
  }

  private static Problem unknown() {
    return Problem.of(404, UNKNOWN_TICKET, "The farm knows no such ticket.");
  }

  private static Problem tryLater(Unavailable e) {
    log.warn("A request could not be answered: {}", e.why(), e);
    return Problem.of(503, e.why() + ", try again later.");
  }
}
