package io.doos.common.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The one JSON form of a status record. */
public final class StatusJson {

  private StatusJson() {}

  public static byte[] write(Status status) {
    return Json.bytes(toTree(status));
  }

  public static Status read(byte[] json) throws BadJsonException {
    return fromFields(Json.fields(json));
  }

  public static ObjectNode toTree(Status status) {
    var run = status.run();
    var times = status.times();
    var tree =
        Json.object()
            .put("ticket", status.ticket().value())
            .put("state", status.state().name())
            .put("attempt", run.attempt())
            .put("maxAttempts", run.maxAttempts());
    putText(tree, "worker", run.worker());
    putText(tree, "enteredAt", times.enteredAt());
    putText(tree, "startedAt", times.startedAt());
    putText(tree, "finishedAt", times.finishedAt());
    if (status.result() != null) {
      tree.set("result", result(status.result()));
    }
    putText(tree, "returned", status.returned());
    if (status.error() != null) {
      tree.set("error", error(status.error()));
    }
    if (status.timings() != null) {
      var t = status.timings();
      tree.putObject("timings")
          .put("queuedMs", t.queuedMs())
          .put("fetchMs", t.fetchMs())
          .put("runMs", t.runMs())
          .put("storeMs", t.storeMs());
    }
    if (run.officeVersion() != null) {
      tree.putObject("office").put("version", run.officeVersion());
    }
    return tree;
  }

  public static Status fromFields(Fields fields) throws BadJsonException {
    var result = fields.optionalObject("result");
    var error = fields.optionalObject("error");
    var timings = fields.optionalObject("timings");
    var office = fields.optionalObject("office");
    return new Status(
        new Ticket(fields.text("ticket")),
        word(fields, "state", State.values()),
        new Status.Run(
            (int) fields.number("attempt"),
            (int) fields.number("maxAttempts"),
            fields.optionalText("worker").orElse(null),
            office.isPresent() ? office.get().text("version") : null),
        new Status.Times(
            fields.instant("enteredAt"),
            fields.optionalInstant("startedAt").orElse(null),
            fields.optionalInstant("finishedAt").orElse(null)),
        result.isPresent() ? result(result.get()) : null,
        fields.optionalText("returned").orElse(null),
        error.isPresent() ? error(error.get()) : null,
        timings.isPresent() ? timings(timings.get()) : null);
  }

  private static ObjectNode result(Result result) {
    var tree =
        Json.object()
            .put("object", result.object())
            .put("bytes", result.bytes())
            .put("sha256", result.sha256());
    var files = tree.putArray("files");
    result
        .files()
        .forEach(file -> files.addObject().put("name", file.name()).put("bytes", file.bytes()));
    if (result.partial()) {
      tree.put("partial", true);
    }
    return tree;
  }

  private static Result result(Fields fields) throws BadJsonException {
    var files = new ArrayList<Result.OutputFile>();
    for (var file : fields.objects("files")) {
      files.add(new Result.OutputFile(file.text("name"), file.number("bytes")));
    }
    return new Result(
        fields.text("object"),
        fields.number("bytes"),
        fields.text("sha256"),
        files,
        fields.flag("partial"));
  }

  private static ObjectNode error(JobError error) {
    var tree = Json.object().put("code", error.code().name()).put("message", error.message());
    if (error.number() != null) {
      tree.put("number", error.number());
    }
    putText(tree, "module", error.module());
    if (error.line() != null) {
      tree.put("line", error.line());
    }
    return tree;
  }

  private static JobError error(Fields fields) throws BadJsonException {
    return new JobError(
        word(fields, "code", ErrorCode.values()),
        fields.text("message"),
        whole(fields, "number"),
        fields.optionalText("module").orElse(null),
        whole(fields, "line"));
  }

  private static Timings timings(Fields fields) throws BadJsonException {
    return new Timings(
        fields.number("queuedMs"),
        fields.number("fetchMs"),
        fields.number("runMs"),
        fields.number("storeMs"));
  }

  private static @Nullable Integer whole(Fields fields, String name) throws BadJsonException {
    var number = fields.optionalNumber(name);
    return number.isPresent() ? number.get().intValue() : null;
  }

  private static <T extends Enum<T>> T word(Fields fields, String name, T[] words)
      throws BadJsonException {
    var text = fields.text(name);
    for (var word : words) {
      if (word.name().equals(text)) {
        return word;
      }
    }
    throw fields.wrong(name, "is '" + text + "', expected one of " + Arrays.toString(words));
  }

  private static void putText(ObjectNode tree, String name, @Nullable Object value) {
    if (value != null) {
      tree.put(name, value.toString());
    }
  }
}
