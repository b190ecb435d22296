package io.doos.gateway.http;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.common.job.Ticket;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.Results;
import io.doos.gateway.results.Unavailable;
import java.util.List;
import java.util.Optional;

/** What can be asked of a job over HTTP. Keeps nothing between two requests. */
final class JobRoutes {

  static final String JOB = "/v1/jobs/{ticket}";

  private final Results results;
  private final Following following;
  private final DoorLimits limits;

  JobRoutes(Results results, Following following, DoorLimits limits) {
    this.results = results;
    this.following = following;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", JOB, request -> record(awaited(request))),
        new Route("POST", JOB + "/cancel", this::cancel),
        new Route("DELETE", JOB, this::delete));
  }

  /**
   * The status of the job that a request is about, after the time that it wants to wait.
   *
   * @throws Problem when there is no such job
   */
  Status awaited(HttpRequest request) throws Problem, InterruptedException {
    return awaited(ticket(request).orElseThrow(Answers::unknownTicket), request);
  }

  Status awaited(Ticket ticket, HttpRequest request) throws Problem, InterruptedException {
    var wait = Waits.of(request, limits.longestWait());
    try {
      return following
          .untilFinal(ticket, wait, () -> !request.isClientGone())
          .orElseThrow(Answers::unknownTicket);
    } catch (Unavailable e) {
      throw Answers.tryLater(e);
    }
  }

  /** A job that has ended answers with its end: there is nothing left to cancel. */
  private HttpAnswer cancel(HttpRequest request) throws Problem {
    var ticket = ticket(request);
    try {
      var status = ticket.isPresent() ? results.cancel(ticket.get()) : Optional.<Status>empty();
      return record(status.orElseThrow(Answers::unknownTicket));
    } catch (Unavailable e) {
      throw Answers.tryLater(e);
    }
  }

  /** As over the doos protocol, deleting what is not there has succeeded. */
  private HttpAnswer delete(HttpRequest request) throws Problem {
    var ticket = ticket(request);
    if (ticket.isPresent()) {
      try {
        results.delete(ticket.get());
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
