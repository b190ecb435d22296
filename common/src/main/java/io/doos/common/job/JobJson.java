package io.doos.common.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.job.Work.Convert;
import io.doos.common.job.Work.Format;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Fields;
import io.doos.common.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one JSON form of a job message, {@code doos.job.v1}. */
public final class JobJson {

  /** The message type that this form has on the wire. */
  public static final String TYPE = "doos.job.v1";

  private JobJson() {}

  /**
   * Writes a message as UTF-8 JSON; its size is the caller's to check against {@link
   * JobMessage#MAX_BYTES}.
   */
  public static byte[] write(JobMessage message) {
    return Json.bytes(toTree(message));
  }

  /**
   * Reads a message.
   *
   * @param receivedAt stands in for a missing {@code submittedAt}
   * @throws BadJobException naming the field at fault, with the ticket where that could be read
   */
  public static JobMessage read(byte[] body, Instant receivedAt) throws BadJobException {
    Fields fields;
    try {
      fields = Json.fields(body);
    } catch (BadJsonException e) {
      throw new BadJobException("The job message is " + e.getMessage(), null, e);
    }
    try {
      return fromFields(fields, receivedAt);
    } catch (BadJsonException | IllegalArgumentException e) {
      throw new BadJobException("The job message is wrong: " + e.getMessage(), ticketIn(fields), e);
    }
  }

  public static ObjectNode toTree(JobMessage message) {
    var tree = Json.object().put("ticket", message.ticket().value());
    tree.set("work", work(message.work()));
    var files = tree.putArray("files");
    message.files().forEach(file -> files.add(file(file)));
    if (message.bundle() != null) {
      tree.putObject("bundle")
          .put("object", message.bundle().object())
          .put("sha256", message.bundle().sha256());
    }
    tree.put("submittedAt", message.submittedAt().toString());
    var limits = message.limits();
    if (limits.notAfter() != null) {
      tree.put("notAfter", limits.notAfter().toString());
    }
    if (limits.timeout() != null) {
      tree.put("timeoutSeconds", limits.timeout().toMillis() / 1000.0);
    }
    if (limits.maxAttempts() != null) {
      tree.put("maxAttempts", limits.maxAttempts());
    }
    if (message.tenant() != null) {
      tree.put("tenant", message.tenant());
    }
    return tree;
  }

  /**
   * Reads a message from an object that was already taken apart.
   *
   * @throws IllegalArgumentException when the fields are well formed but make no sense
   */
  public static JobMessage fromFields(Fields fields, Instant receivedAt) throws BadJsonException {
    var ticket = fields.text("ticket");
    if (!Ticket.isTicket(ticket)) {
      throw fields.wrong("ticket", "is not 1 to 64 letters, digits, '_' or '-'");
    }
    return fromFields(fields, new Ticket(ticket), receivedAt);
  }

  /**
   * Reads a message whose ticket is known from elsewhere, whatever it says itself.
   *
   * @throws IllegalArgumentException when the fields are well formed but make no sense
   */
  public static JobMessage fromFields(Fields fields, Ticket ticket, Instant receivedAt)
      throws BadJsonException {
    var files = new ArrayList<InputFile>();
    for (var file : fields.objects("files")) {
      files.add(file(file));
    }
    var bundle = fields.optionalObject("bundle");
    return new JobMessage(
        ticket,
        work(fields.object("work")),
        files,
        bundle.isPresent()
            ? new Bundle(bundle.get().text("object"), bundle.get().text("sha256"))
            : null,
        fields.optionalInstant("submittedAt").orElse(receivedAt),
        limits(fields),
        fields.optionalText("tenant").orElse(null));
  }

  private static JobMessage.Limits limits(Fields fields) throws BadJsonException {
    var maxAttempts = fields.optionalNumber("maxAttempts");
    return new JobMessage.Limits(
        fields.optionalInstant("notAfter").orElse(null),
        fields
            .optionalDecimal("timeoutSeconds")
            .map(s -> Duration.ofMillis(Math.round(s * 1000)))
            .orElse(null),
        maxAttempts.isPresent()
            ? Math.toIntExact(Math.min(maxAttempts.get(), Integer.MAX_VALUE))
            : null);
  }

  private static ObjectNode work(Work work) {
    var tree = Json.object().put("kind", work.kind());
    switch (work) {
      case RunMacro(var script, var function, var arguments) -> {
        tree.put("script", script).put("function", function);
        if (!arguments.isEmpty()) {
          tree.set("arguments", tree(arguments));
        }
      }
      case Convert(var to, var filter, var options) -> {
        tree.put("to", to);
        if (filter != null) {
          tree.put("filter", filter);
        }
        var map = tree.putObject("options");
        options.forEach((name, value) -> map.set(name, tree(value)));
      }
      case Format format -> FormatJson.write(format, tree);
    }
    return tree;
  }

  private static Work work(Fields work) throws BadJsonException {
    var kind = work.text("kind");
    return switch (kind) {
      case "macro" ->
          new RunMacro(
              work.optionalText("script").orElse(RunMacro.MAIN_SCRIPT),
              work.text("function"),
              work.values("arguments"));
      case "convert" ->
          new Convert(
              work.text("to"), work.optionalText("filter").orElse(null), work.valueMap("options"));
      case "format" -> FormatJson.read(work);
      default -> throw work.wrong("kind", "is '" + kind + "', expected macro, convert or format");
    };
  }

  private static ObjectNode file(InputFile file) {
    var tree = Json.object().put("name", file.name());
    return switch (file) {
      case InputFile.Stored(_, var object) -> tree.put("object", object);
      case InputFile.Inline(_, var content) ->
          utf8(content)
              .map(text -> tree.put("text", text))
              .orElseGet(() -> tree.put("base64", Base64.getEncoder().encodeToString(content)));
    };
  }

  private static InputFile file(Fields file) throws BadJsonException {
    var name = file.text("name");
    var text = file.optionalText("text");
    var base64 = file.optionalText("base64");
    var object = file.optionalText("object");
    if ((text.isPresent() ? 1 : 0) + (base64.isPresent() ? 1 : 0) + (object.isPresent() ? 1 : 0)
        != 1) {
      throw file.wrong(
          "name",
          "is '" + name + "', whose content must be exactly one of text, base64 and object");
    }
    if (object.isPresent()) {
      return new InputFile.Stored(name, object.get());
    }
    return new InputFile.Inline(
        name,
        text.isPresent()
            ? text.get().getBytes(StandardCharsets.UTF_8)
            : decoded(file, base64.orElseThrow()));
  }

  private static byte[] decoded(Fields file, String base64) throws BadJsonException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw file.wrong("base64", "is not base64: " + e.getMessage());
    }
  }

  private static Optional<String> utf8(byte[] content) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static JsonNode tree(Object value) {
    return switch (value) {
      case String text -> Json.object().textNode(text);
      case Boolean flag -> Json.object().booleanNode(flag);
      case Long number -> Json.object().numberNode(number);
      case Integer number -> Json.object().numberNode(number);
      case Double number -> Json.object().numberNode(number);
      case List<?> list -> {
        var array = Json.array();
        list.forEach(item -> array.add(tree(item)));
        yield array;
      }
      case Map<?, ?> map -> {
        var object = Json.object();
        map.forEach((name, item) -> object.set(String.valueOf(name), tree(item)));
        yield object;
      }
      default ->
          throw new IllegalArgumentException(
              "a " + value.getClass().getSimpleName() + " does not fit into a job message");
    };
  }

  private static @Nullable Ticket ticketIn(Fields fields) {
    try {
      return fields.optionalText("ticket").filter(Ticket::isTicket).map(Ticket::new).orElse(null);
    } catch (BadJsonException e) {
      return null;
    }
  }
}
