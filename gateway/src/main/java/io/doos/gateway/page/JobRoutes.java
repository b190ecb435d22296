package io.doos.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.job.Ticket;
import io.doos.common.status.State;
import io.doos.gateway.intake.Refusal;
import io.doos.gateway.results.Unavailable;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Optional;

/** The page of a job, and its buttons. */
final class JobRoutes {

  /** A picture or a document may not do anything but be looked at; the job made it. */
  private static final String FILE_POLICY = "default-src 'none'; frame-ancestors 'self'";

  private final JobDesk desk;
  private final Actions actions;

  JobRoutes(JobDesk desk, Actions actions) {
    this.desk = desk;
    this.actions = actions;
  }

  /** Leads from a typed ticket to its job. */
  HttpAnswer find(HttpRequest request) throws Problem {
    var ticket = request.query("ticket").orElse("").strip();
    return Ticket.isTicket(ticket) ? HttpAnswer.seeOther("/page/jobs/" + ticket) : unknown(ticket);
  }

  HttpAnswer job(HttpRequest request) throws Problem {
    var asked = request.variable("ticket");
    if (!Ticket.isTicket(asked)) {
      return unknown(asked);
    }
    try {
      var dossier = desk.dossier(new Ticket(asked));
      return dossier.isEmpty()
          ? unknown(asked)
          : Frame.page(
              Frame.Place.ELSEWHERE,
              "Job " + asked,
              Note.html(request.query("note")),
              new JobPage(dossier.get(), actions, desk.now()).html());
    } catch (Unavailable e) {
      return Frame.message(503, "Job " + asked, Html.of("<p>{}, try again later.</p>", e.why()));
    }
  }

  private static HttpAnswer unknown(String asked) {
    return Frame.message(
        404,
        "No such job",
        Html.of(
            "<p>The farm knows no job with the ticket <span class=\"ticket\">{}</span>: it never"
                + " was, was deleted, or ended longer ago than results are kept.</p>",
            asked));
  }

  HttpAnswer preview(HttpRequest request) throws Problem, IOException {
    var name = decoded(request.variable("file"));
    var type = Preview.type(name);
    try {
      var bytes = type.isEmpty() ? Optional.<byte[]>empty() : desk.file(ticket(request), name);
      if (bytes.isEmpty()) {
        throw Problem.of(404, "There is no such file that could be shown.");
      }
      return HttpAnswer.bytes(type.get(), bytes.get())
          .with("Content-Security-Policy", FILE_POLICY)
          .with("Content-Disposition", "inline")
          .with("Cross-Origin-Resource-Policy", "same-origin");
    } catch (Unavailable e) {
      throw later(e);
    }
  }

  /** Paths come with their blanks as the client wrote them. */
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return path; // the name itself has a percent sign
    }
  }

  HttpAnswer cancel(HttpRequest request) throws Problem, IOException {
    actions.key().check(Form.of(request).field("key"));
    var ticket = ticket(request);
    try {
      var status = desk.cancel(ticket);
      return status.isEmpty()
          ? unknown(ticket.value())
          : see(ticket, status.get().state() == State.CANCELLED ? Note.CANCELLED : Note.TOO_LATE);
    } catch (Unavailable e) {
      throw later(e);
    }
  }

  HttpAnswer delete(HttpRequest request) throws Problem, IOException {
    actions.key().check(Form.of(request).field("key"));
    try {
      desk.delete(ticket(request));
      return HttpAnswer.seeOther(Note.DELETED.on("/"));
    } catch (Unavailable e) {
      throw later(e);
    }
  }

  HttpAnswer resubmit(HttpRequest request) throws Problem, IOException, InterruptedException {
    actions.key().check(Form.of(request).field("key"));
    var ticket = ticket(request);
    try {
      var again = desk.resubmit(ticket);
      return again.isEmpty() ? unknown(ticket.value()) : see(again.get(), Note.RESUBMITTED);
    } catch (Refusal e) {
      return Frame.message(
          409,
          "Not submitted again",
          Html.of("<p>{}.</p><p>{}</p>", e.why(), JobTable.link(ticket)));
    } catch (Unavailable e) {
      throw later(e);
    }
  }

  private static HttpAnswer see(Ticket ticket, Note note) {
    return HttpAnswer.seeOther(note.on("/page/jobs/" + ticket));
  }

  private static Ticket ticket(HttpRequest request) throws Problem {
    var asked = request.variable("ticket");
    if (!Ticket.isTicket(asked)) {
      throw Problem.of(404, "The farm knows no such ticket.");
    }
    return new Ticket(asked);
  }

  private static Problem later(Unavailable e) {
    return Problem.of(503, e.why() + ", try again later.");
  }
}
