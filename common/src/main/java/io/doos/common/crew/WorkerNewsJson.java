package io.doos.common.crew;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one JSON form of a worker's news. */
public final class WorkerNewsJson {

  /** The message type of worker news. */
  public static final String TYPE = "doos.worker.v1";

  private WorkerNewsJson() {}

  public static byte[] write(WorkerNews news) {
    return Json.bytes(toTree(news));
  }

  /**
   * Reads news.
   *
   * @throws BadJsonException naming the field at fault
   */
  public static WorkerNews read(byte[] json) throws BadJsonException {
    var fields = Json.fields(json);
    try {
      return fromFields(fields);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadJsonException("these are no news of a worker: " + e.getMessage());
    }
  }

  public static ObjectNode toTree(WorkerNews news) {
    var tree =
        Json.object()
            .put("worker", news.worker())
            .put("pool", news.pool().name())
            .put("state", news.state().name())
            .put("since", news.since().toString())
            .put("at", news.at().toString());
    var versions = tree.putObject("versions").put("doos", news.versions().doos());
    if (news.versions().office() != null) {
      versions.put("office", news.versions().office());
    }
    if (news.door() != null) {
      put(news.door(), tree.putObject("door"));
    }
    var offices = tree.putArray("offices");
    news.offices().forEach(office -> offices.add(toTree(office)));
    var formatters = tree.putArray("formatters");
    news.formatters().forEach(formatter -> formatters.add(toTree(formatter)));
    return tree.put("inHand", news.inHand()).put("staged", news.staged());
  }

  private static void put(WorkerNews.Door door, ObjectNode tree) {
    var sessions =
        tree.put("host", door.host())
            .put("port", door.port())
            .put("places", door.places())
            .put("free", door.free())
            .putArray("sessions");
    door.sessions()
        .forEach(session ->
            sessions
                .addObject()
                .put("client", session.client())
                .put("office", session.office())
                .put("since", session.since().toString()));
  }

  private static ObjectNode toTree(OfficeNews office) {
    var tree =
        Json.object()
            .put("slot", office.slot())
            .put("generation", office.generation())
            .put("state", office.state())
            .put("uses", office.uses())
            .put("startedAt", office.startedAt().toString())
            .put("memoryBytes", office.memoryBytes());
    if (office.tenant() != null) {
      tree.put("tenant", office.tenant());
    }
    if (office.current() != null) {
      tree.put("ticket", office.current().ticket().value())
          .put("ticketSince", office.current().since().toString());
    }
    return tree;
  }

  private static WorkerNews fromFields(Fields fields) throws BadJsonException {
    var versions = fields.object("versions");
    var door = fields.optionalObject("door");
    return new WorkerNews(
        fields.text("worker"),
        new Pool(fields.text("pool")),
        state(fields),
        fields.instant("since"),
        fields.instant("at"),
        new WorkerNews.Versions(
            versions.text("doos"), versions.optionalText("office").orElse(null)),
        door.isPresent() ? door(door.get()) : null,
        offices(fields, "offices"),
        fields.has("formatters") ? offices(fields, "formatters") : List.of(),
        Math.toIntExact(fields.number("inHand")));
  }

  private static WorkerNews.Door door(Fields fields) throws BadJsonException {
    return new WorkerNews.Door(
        fields.text("host"),
        Math.toIntExact(fields.number("port")),
        Math.toIntExact(fields.number("places")),
        Math.toIntExact(fields.number("free")),
        fields.has("sessions") ? sessions(fields) : List.of());
  }

  private static List<WorkerNews.Session> sessions(Fields fields) throws BadJsonException {
    var sessions = new ArrayList<WorkerNews.Session>();
    for (var session : fields.objects("sessions")) {
      sessions.add(
          new WorkerNews.Session(
              session.text("client"), session.text("office"), session.instant("since")));
    }
    return sessions;
  }

  private static List<OfficeNews> offices(Fields fields, String name) throws BadJsonException {
    var offices = new ArrayList<OfficeNews>();
    for (var office : fields.objects(name)) {
      offices.add(
          new OfficeNews(
              Math.toIntExact(office.number("slot")),
              Math.toIntExact(office.number("generation")),
              office.text("state"),
              Math.toIntExact(office.number("uses")),
              office.instant("startedAt"),
              office.number("memoryBytes"),
              office.optionalText("tenant").orElse(null),
              current(office)));
    }
    return offices;
  }

  private static OfficeNews.@Nullable Current current(Fields office) throws BadJsonException {
    var ticket = office.optionalText("ticket");
    return ticket.isEmpty()
        ? null
        : new OfficeNews.Current(new Ticket(ticket.get()), office.instant("ticketSince"));
  }

  private static WorkerState state(Fields fields) throws BadJsonException {
    var text = fields.text("state");
    for (var state : WorkerState.values()) {
      if (state.name().equals(text)) {
        return state;
      }
    }
    throw fields.wrong(
        "state", "is '" + text + "', expected one of " + Arrays.toString(WorkerState.values()));
  }
}
