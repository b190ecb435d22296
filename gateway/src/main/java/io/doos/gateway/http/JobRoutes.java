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
import io.doos.gateway.results.Following;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import java.util.List;
import java.util.Optional;

/** What can be asked of a job over HTTP. Keeps nothing between two requests. */
public final class JobRoutes {

  static final String JOB = "/v1/jobs/{ticket}";

  private final Results results;
  private final Following following;
  private final DoorLimits limits;

  public JobRoutes(Results results, Following following, DoorLimits limits) {
    this.results = results;
    this.following = following;
    this.limits = limits;
  }

  /** The routes of single jobs. */
  public List<Route> routes(Guard guard) {
    return List.of(
        guard.route(Role.SUBMIT, "GET", JOB, (caller, request) -> record(awaited(caller, request))),
        guard.route(Role.SUBMIT, "POST", JOB + "/cancel", this::cancel),
        guard.route(Role.SUBMIT, "DELETE", JOB, this::delete));
  }

  /**
   * The status of the job that a request is about, after the time that it wants to wait.
   *
   * @throws Problem when there is no such job
   */
  Status awaited(Caller caller, HttpRequest request) throws Problem, InterruptedException {
    return awaited(ticket(request).orElseThrow(Answers::unknownTicket), caller, request);
  }

  Status awaited(Ticket ticket, Caller caller, HttpRequest request)
      throws Problem, InterruptedException {
    var wait = Waits.of(request, limits.longestWait());
    try {
      return following
          .untilFinal(ticket, caller, wait, () -> !request.isClientGone())
          .orElseThrow(Answers::unknownTicket);
    } catch (Unavailable e) {
      throw Answers.tryLater(e);
    }
  }

  /** A job that has ended answers with its end: there is nothing left to cancel. */
  private HttpAnswer cancel(Caller caller, HttpRequest request) throws Problem {
    var ticket = ticket(request);
    try {
      var status =
          ticket.isPresent() ? results.cancel(ticket.get(), caller) : Optional.<Status>empty();
      return record(status.orElseThrow(Answers::unknownTicket));
    } catch (Unavailable e) {
      throw Answers.tryLater(e);
    }
  }

  /** As over the doos protocol, deleting what is not there has succeeded. */
  private HttpAnswer delete(Caller caller, HttpRequest request) throws Problem {
    var ticket = ticket(request);
    if (ticket.isPresent()) {
      try {
        results.delete(ticket.get(), caller);
      } catch (Unavailable e) {
        throw Answers.tryLater(e);
      }
    }
    return HttpAnswer.empty(204);
  }

  static HttpAnswer record(Status status) {
    return HttpAnswer.ok(StatusJson.toTree(status));
  }

  static Optional<Ticket> ticket(HttpRequest request) {
    return Optional.of(request.variable("ticket")).filter(Ticket::isTicket).map(Ticket::new);
  }
}
