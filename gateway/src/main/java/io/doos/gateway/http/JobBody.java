package io.doos.gateway.http;

import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobJson;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import io.doos.gateway.intake.Submission;
import io.doos.gateway.intake.Submission.Extras;
import io.doos.gateway.intake.Submission.SpooledFile;
import io.doos.gateway.spool.Spool;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job message as the body of a request; its ticket may be left out. */
record JobBody(Fields fields, DoorLimits limits) {

  private static final Ticket NONE = new Ticket("none");

  static JobBody read(HttpRequest request, DoorLimits limits) throws Problem, IOException {
    var bytes = request.body().readNBytes(JobMessage.MAX_BYTES + 1);
    if (bytes.length > JobMessage.MAX_BYTES) {
      throw Problem.of(
          413,
          "A job message has at most %d bytes; send larger files as multipart/form-data."
              .formatted(JobMessage.MAX_BYTES));
    }
    try {
      return new JobBody(Json.fields(bytes), limits);
    } catch (BadJsonException e) {
      throw Problem.of(400, "The job message is " + e.getMessage() + ".");
    }
  }

  /**
   * The submission of this message.
   *
   * @param spool an empty one, where the files in the message go
   */
  Submission submission(Sender sender, Spool spool) throws Problem, IOException {
    try {
      var chosen = fields.optionalText("ticket");
      var ticket = chosen.isPresent() ? JobForm.ticket(chosen.get()) : NONE;
      var message = JobJson.fromFields(fields, ticket, Instant.EPOCH);
      var priority = fields.optionalNumber("priority");
      return new Submission(
          message.work(),
          inline(message, spool),
          JobForm.pool(fields.optionalText("pool")),
          priority.isPresent() ? Math.toIntExact(priority.get()) : null,
          message.limits().timeout(),
          message.tenant(),
          new Extras(
              chosen.isPresent() ? ticket : sender.keyed(message.tenant()).orElse(null),
              stored(message),
              bundle(message),
              message.limits().maxAttempts(),
              message.limits().notAfter(),
              JobForm.webhook(fields.optionalText("webhook")),
              sender.headers()));
    } catch (BadJsonException | IllegalArgumentException | ArithmeticException e) {
      throw Problem.of(400, "The job message is wrong: " + e.getMessage() + ".");
    }
  }

  private static List<SpooledFile> inline(JobMessage message, Spool spool) throws IOException {
    var inline = new ArrayList<InputFile.Inline>();
    for (var file : message.files()) {
      if (file instanceof InputFile.Inline found) {
        inline.add(found);
        spool.write(found.content());
      }
    }
    var files = new ArrayList<SpooledFile>();
    var from = 0L;
    for (var file : inline) {
      files.add(new SpooledFile(file.name(), spool.all().slice(from, file.content().length)));
      from += file.content().length;
    }
    return files;
  }

  private List<InputFile.Stored> stored(JobMessage message) throws Problem {
    var stored = new ArrayList<InputFile.Stored>();
    for (var file : message.files()) {
      if (file instanceof InputFile.Stored found) {
        check(found.object());
        stored.add(found);
      }
    }
    return stored;
  }

  private @Nullable Bundle bundle(JobMessage message) throws Problem {
    if (message.bundle() != null) {
      check(message.bundle().object());
    }
    return message.bundle();
  }

  /** Whoever may submit a job could read the whole bucket otherwise, other jobs' results too. */
  private void check(String object) throws Problem {
    var isPlain = !object.contains("..") && !object.contains("//");
    if (!isPlain || limits.objectPrefixes().stream().noneMatch(object::startsWith)) {
      throw Problem.of(
          403,
          "The object '%s' is not under one of %s (setting http.object-prefixes)."
              .formatted(object, String.join(", ", limits.objectPrefixes())));
    }
  }
}
