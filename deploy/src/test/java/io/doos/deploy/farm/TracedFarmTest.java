package io.doos.deploy.farm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP;
import io.doos.common.queue.AmqpProbe;
import io.doos.common.trace.TraceReceiver;
import io.doos.common.trace.TraceReceiver.Seen;
import io.doos.deploy.client.Submission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real farm tells of its jobs beside their status: traces, and its log in JSON. */
class TracedFarmTest {

  private static final String CLIENT = "b7ad6b7169203331";
  private static final List<String> WHOLE =
      List.of("submit", "queue", "attempt", "fetch", "run", "store");

  @TempDir static Path temp;
  private static TraceReceiver receiver;
  private static FarmProcess farm;

  @BeforeAll
  static void start() throws Exception {
    receiver = new TraceReceiver();
    farm =
        FarmProcess.start(
            temp.resolve("data"),
            "office.count=1",
            "worker.name=w1",
            "log.format=json",
            "trace.endpoint=" + receiver.endpoint());
  }

  @AfterAll
  static void stop() {
    farm.close();
    receiver.close();
  }

  @Test
  void aJobOverHttpIsOneTraceFromItsClientToTheStagesOfItsAttempt() throws Exception {
    var trace = "0af7651916cd43dd8448eb211c80319c";
    post("traced-1", "Sub Main\\nEnd Sub", "00-" + trace + "-" + CLIENT + "-01");
    var spans = trace(trace);
    assertThat(spans).extracting(Seen::service).containsOnly("doos-standalone");
    var submit = span(spans, "submit");
    assertThat(submit.parent()).isEqualTo(CLIENT);
    assertThat(submit.kind()).isEqualTo("SERVER");
    assertThat(submit.attributes())
        .containsEntry("doos.door", "http")
        .containsEntry("doos.ticket", "traced-1");
    var attempt = span(spans, "attempt");
    assertThat(List.of(span(spans, "queue").parent(), attempt.parent())).containsOnly(submit.id());
    assertThat(attempt.isError()).isFalse();
    assertThat(attempt.attributes())
        .containsOnly(
            Map.entry("doos.ticket", "traced-1"),
            Map.entry("doos.kind", "macro"),
            Map.entry("doos.pool", "default"),
            Map.entry("doos.worker", "w1"),
            Map.entry("doos.attempt", "1"),
            Map.entry("doos.outcome", "done"));
    var stages = List.of(span(spans, "fetch"), span(spans, "run"), span(spans, "store"));
    assertThat(stages).extracting(Seen::parent).containsOnly(attempt.id());
    assertThat(stages).isSortedAccordingTo(Comparator.comparingLong(Seen::beginNanos));
    assertThat(stages)
        .allMatch(stage -> stage.beginNanos() >= attempt.beginNanos())
        .allMatch(stage -> stage.endNanos() <= attempt.endNanos());
    assertThat(span(spans, "run").endNanos()).isGreaterThan(span(spans, "run").beginNanos());
  }

  @Test
  void aFailureIsTheStatusOfItsAttempt() throws Exception {
    var trace = "1af7651916cd43dd8448eb211c80319c";
    post(
        "traced-2",
        "Sub Main\\n x = 0\\n y = 1 \\\\ x\\nEnd Sub",
        "00-" + trace + "-" + CLIENT + "-01");
    Until.holds(() -> of(trace).stream().anyMatch(span -> span.name().equals("attempt")));
    var attempt = span(of(trace), "attempt");
    assertThat(attempt.isError()).isTrue();
    assertThat(attempt.said()).contains("MACRO_ERROR", "Division by zero", "line 3");
    assertThat(attempt.attributes())
        .containsEntry("error.type", "MACRO_ERROR")
        .containsEntry("doos.outcome", "failed");
  }

  @Test
  void aJobOfTheDoosProtocolBeginsATraceOfItsOwn() throws Exception {
    var script = Files.writeString(temp.resolve("doos.bas"), "Sub Main\nEnd Sub\n");
    var none = Optional.<Integer>empty();
    var ticket =
        farm.client()
            .submit(
                new Submission(
                    script, List.of(), "Main", Optional.empty(), none, Optional.empty()));
    Until.holds(() -> submitted(ticket.value()).isPresent());
    var submit = submitted(ticket.value()).orElseThrow();
    assertThat(submit.parent()).isEmpty();
    assertThat(submit.attributes()).containsEntry("doos.door", "doos");
    assertThat(span(trace(submit.trace()), "attempt").attributes())
        .containsEntry("doos.ticket", ticket.value());
  }

  @Test
  void aJobPublishedToTheBrokerGoesOnWithThePublishersTrace() throws Exception {
    var trace = "2af7651916cd43dd8448eb211c80319c";
    var properties =
        new AMQP.BasicProperties.Builder()
            .deliveryMode(2)
            .contentType("application/json")
            .headers(Map.of("traceparent", "00-" + trace + "-" + CLIENT + "-01"))
            .build();
    try (var probe = new AmqpProbe("amqp://guest:guest@127.0.0.1:" + farm.brokerPort)) {
      var body = message("traced-3", "Sub Main\\nEnd Sub").getBytes(UTF_8);
      probe.publish("doos.jobs", "default", properties, body);
      Until.holds(() -> of(trace).size() == WHOLE.size() - 1);
    }
    assertThat(List.of(span(of(trace), "queue").parent(), span(of(trace), "attempt").parent()))
        .containsOnly(CLIENT);
  }

  @Test
  void everyLineOfAJobInTheJsonLogCarriesItsTicketAndAttempt() throws Exception {
    post("logged-1", "Sub Main\\n x = 0\\n y = 1 \\\\ x\\nEnd Sub", null);
    Until.holds(
        () -> logged().stream().anyMatch(line -> said(line).startsWith("Job logged-1 is FAILED")));
    var lines = logged().stream().filter(line -> said(line).contains("logged-1")).toList();
    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(lines)
        .allSatisfy(line -> {
          assertThat(line.at("/mdc/ticket").asText()).as(line.toString()).isEqualTo("logged-1");
          var byGateway = line.path("loggerName").asText().startsWith("io.doos.gateway");
          assertThat(line.at("/mdc/attempt").asText())
              .as(line.toString())
              .isEqualTo(byGateway ? "" : "1");
        });
  }

  private static String said(JsonNode line) {
    return line.path("formattedMessage").asText();
  }

  private static List<JsonNode> logged() throws IOException {
    var mapper = new ObjectMapper();
    var lines = new ArrayList<JsonNode>();
    for (var line : farm.log().lines().toList()) {
      if (line.startsWith("{") && line.endsWith("}")) {
        lines.add(mapper.readTree(line));
      }
    }
    return lines;
  }

  /** Sends a macro over HTTP and waits for its end. */
  private static void post(
      String ticket, String script, @org.jspecify.annotations.Nullable String traceparent)
      throws Exception {
    var uri = URI.create("http://127.0.0.1:" + farm.httpPort() + "/v1/jobs?wait=60s");
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(message(ticket, script)));
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
    }
  }

  private static String message(String ticket, String script) {
    return """
    {"ticket": "%s", "work": {"kind": "macro", "script": "main.script", "function": "Main"},
     "files": [{"name": "main.script", "text": "%s"}]}
    """
        .formatted(ticket, script);
  }

  private static Optional<Seen> submitted(String ticket) {
    return receiver.spans().stream()
        .filter(span -> span.name().equals("submit"))
        .filter(span -> ticket.equals(span.attributes().get("doos.ticket")))
        .findFirst();
  }

  /** A whole trace, once it is there. */
  private static List<Seen> trace(String id) throws Exception {
    Until.holds(() -> of(id).size() >= WHOLE.size());
    assertThat(of(id)).extracting(Seen::name).containsExactlyInAnyOrderElementsOf(WHOLE);
    return of(id);
  }

  private static List<Seen> of(String trace) {
    return receiver.spans().stream().filter(span -> span.trace().equals(trace)).toList();
  }

  private static Seen span(List<Seen> spans, String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }
}
