package io.doos.gateway.http;

import io.doos.common.http.Problem;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Json;
import io.doos.gateway.intake.Submission;
import io.doos.gateway.intake.Submission.Extras;
import io.doos.gateway.intake.Submission.SpooledFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A job as the fields and files of a form say it: the script first, if it is a macro. */
record JobForm(UploadedForm form) {

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  private static final Set<String> FIELDS =
      new TreeSet<>(
          Set.of(
              "kind",
              "function",
              "arguments",
              "to",
              "filter",
              "options",
              "source",
              "pool",
              "priority",
              "timeout",
              "ticket",
              "tenant",
              "maxAttempts",
              "notAfter",
              "webhook"));

  /**
   * The submission of this form.
   *
   * @throws Problem naming the field that makes no sense
   */
  Submission submission(Sender sender) throws Problem {
    for (var name : form.names()) {
      if (!FIELDS.contains(name)) {
        throw Problem.of(
            400,
            "There is no field '%s'; there are %s, and 'files' with a file name each."
                .formatted(name, String.join(", ", FIELDS)));
      }
    }
    var files = form.files();
    if (files.isEmpty()) {
      throw Problem.of(400, "There is no file; each part that holds one needs a file name.");
    }
    var tenant = form.field("tenant").filter(text -> !text.isBlank()).orElse(null);
    return new Submission(
        work(files),
        files,
        pool(form.field("pool")),
        number("priority"),
        timeout(),
        tenant,
        new Extras(
            ticket(sender, tenant),
            List.of(),
            null,
            number("maxAttempts"),
            notAfter(),
            webhook(form.field("webhook")),
            sender.headers()));
  }

  private Work work(List<SpooledFile> files) throws Problem {
    var kind = form.field("kind").orElse(form.field("to").isPresent() ? "convert" : "macro");
    try {
      return switch (kind) {
        case "macro" ->
            new RunMacro(
                files.getFirst().name(),
                required("function", "the Basic function to call"),
                json("arguments").orElse(List.of()));
        case "convert" ->
            new Work.Convert(
                required("to", "the extension of the wanted format, such as pdf"),
                form.field("filter").orElse(null),
                options());
        case "format" ->
            new Work.Format(
                form.field("source").orElse(files.getFirst().name()),
                form.field("to").orElse("application/pdf"));
        default ->
            throw Problem.of(400, "'kind' is '" + kind + "', expected macro, convert or format.");
      };
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "The job makes no sense: " + e.getMessage() + ".");
    }
  }

  private String required(String name, String what) throws Problem {
    return form.field(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> Problem.of(400, "The field '" + name + "' is missing: " + what + "."));
  }

  private Map<String, Object> options() throws Problem {
    var text = form.field("options");
    return text.isEmpty() ? Map.of() : values("options", "{\"options\":" + text.get() + "}");
  }

  private static Map<String, Object> values(String name, String json) throws Problem {
    try {
      return Json.fields(json.getBytes(StandardCharsets.UTF_8)).valueMap(name);
    } catch (BadJsonException e) {
      throw Problem.of(400, "The field '" + name + "' is no JSON object: " + e.getMessage() + ".");
    }
  }

  private Optional<List<Object>> json(String name) throws Problem {
    var text = form.field(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var json = "{\"" + name + "\":" + text.get() + "}";
      return Optional.of(Json.fields(json.getBytes(StandardCharsets.UTF_8)).values(name));
    } catch (BadJsonException e) {
      throw Problem.of(400, "The field '" + name + "' is no JSON array: " + e.getMessage() + ".");
    }
  }

  private @Nullable Integer number(String name) throws Problem {
    var text = form.field(name);
    if (text.isPresent() && !DIGITS.matcher(text.get()).matches()) {
      throw Problem.of(400, "'" + name + "' is '" + text.get() + "', expected a whole number.");
    }
    return text.map(Integer::valueOf).orElse(null);
  }

  private @Nullable Duration timeout() throws Problem {
    var text = form.field("timeout");
    return text.isEmpty() ? null : Waits.duration("timeout", text.get());
  }

  private @Nullable Instant notAfter() throws Problem {
    var text = form.field("notAfter");
    try {
      return text.map(Instant::parse).orElse(null);
    } catch (DateTimeException e) {
      throw Problem.of(400, "'notAfter' is not a time such as 2026-11-23T13:40:00Z.");
    }
  }

  private @Nullable Ticket ticket(Sender sender, @Nullable String tenant) throws Problem {
    var text = form.field("ticket");
    if (text.isEmpty()) {
      return sender.keyed(tenant).orElse(null);
    }
    return ticket(text.get());
  }

  static Ticket ticket(String text) throws Problem {
    if (!Ticket.isTicket(text)) {
      throw Problem.of(400, "'ticket' is not 1 to 64 letters, digits, '_' or '-'.");
    }
    return new Ticket(text);
  }

  static Pool pool(Optional<String> name) throws Problem {
    try {
      return name.map(Pool::new).orElse(Pool.DEFAULT);
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "'pool' is not 1 to 64 letters, digits, '_' or '-'.");
    }
  }

  static @Nullable URI webhook(Optional<String> text) throws Problem {
    if (text.isEmpty()) {
      return null;
    }
    try {
      var url = URI.create(text.get());
      var isWeb = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (isWeb && url.getHost() != null && url.getUserInfo() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // as wrong as one without a host
    }
    throw Problem.of(400, "'webhook' is not an http or https address without a user in it.");
  }
}
