package io.doos.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.http.EventSink;
import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.common.job.Ticket;
import io.doos.common.json.Json;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import io.doos.gateway.access.Caller;
import io.doos.gateway.access.Role;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A job's life as server-sent events: the state it is in, then each one that follows, until it has
 * ended. Who comes again with {@code Last-Event-ID} is not told again what it knows.
 */
final class EventRoute {

  private final Following following;

  private EventRoute(Following following) {
    this.following = following;
  }

  static List<Route> of(Following following, Guard guard) {
    return List.of(
        guard.route(
            Role.SUBMIT, "GET", JobRoutes.JOB + "/events", new EventRoute(following)::events));
  }

  private HttpAnswer events(Caller caller, HttpRequest request) throws Problem {
    var ticket = JobRoutes.ticket(request).orElseThrow(Answers::unknownTicket);
    try (var changes = following.changes(ticket, caller)) {
      if (changes.now().isEmpty()) {
        throw Answers.unknownTicket();
      }
    } catch (Unavailable e) {
      throw Answers.tryLater(e);
    }
    var known = request.header("Last-Event-ID").orElse("");
    return HttpAnswer.events(sink -> tell(ticket, caller, known, sink));
  }

  private void tell(Ticket ticket, Caller caller, String known, EventSink sink)
      throws IOException, InterruptedException {
    var last = known;
    try (var changes = following.changes(ticket, caller)) {
      while (!following.isOver()) {
        var status = changes.now();
        if (status.isEmpty()) {
          sink.send("deleted", "deleted", text(Json.bytes(deleted(ticket))));
          return;
        }
        var id = id(status.get());
        if (id.equals(last)) {
          sink.heartbeat();
        } else {
          var event = status.get().state().name().toLowerCase(Locale.ROOT);
          sink.send(id, event, text(StatusJson.write(status.get())));
          last = id;
        }
        if (status.get().state().isFinal()) {
          return;
        }
        changes.await();
      }
    } catch (Unavailable e) {
      throw new IOException(e); // clients of such events come again by themselves
    }
  }

  private static ObjectNode deleted(Ticket ticket) {
    return Json.object().put("ticket", ticket.value()).put("state", "DELETED");
  }

  private static String id(Status status) {
    return status.run().attempt() + "-" + status.state();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
