package io.doos.deploy.farm;

import static io.doos.deploy.farm.JobTraces.span;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real farm tells of its jobs beside their status: traces, and its log in JSON. */
class TracedFarmTest {

  private static final String CLIENT = "b7ad6b7169203331";

  @TempDir static Path temp;
  private static TraceReceiver receiver;
  private static JobTraces traces;
  private static FarmProcess farm;

  @BeforeAll
  static void start() throws Exception {
    receiver = new TraceReceiver();
    traces = new JobTraces(receiver);
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
    post("traced-1", "Sub Main\\nEnd Sub", JobTraces.traceparent(trace, CLIENT));
    var spans = traces.whole(trace);
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
        JobTraces.traceparent(trace, CLIENT));
    Until.holds(() -> traces.of(trace).stream().anyMatch(span -> span.name().equals("attempt")));
    var attempt = span(traces.of(trace), "attempt");
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
    var submit = traces.submitted(ticket.value());
    assertThat(submit.parent()).isEmpty();
    assertThat(submit.attributes()).containsEntry("doos.door", "doos");
    assertThat(span(traces.whole(submit.trace()), "attempt").attributes())
        .containsEntry("doos.ticket", ticket.value());
  }

  @Test
  void aJobPublishedToTheBrokerGoesOnWithThePublishersTrace() throws Exception {
    var trace = "2af7651916cd43dd8448eb211c80319c";
    var properties =
        new AMQP.BasicProperties.Builder()
            .deliveryMode(2)
            .contentType("application/json")
            .headers(Map.of("traceparent", JobTraces.traceparent(trace, CLIENT)))
            .build();
    try (var probe = new AmqpProbe("amqp://guest:guest@127.0.0.1:" + farm.brokerPort)) {
      var body = new PostedMacro("traced-3", "Sub Main\\nEnd Sub").json().getBytes(UTF_8);
      probe.publish("doos.jobs", "default", properties, body);
      Until.holds(() -> traces.of(trace).size() == JobTraces.WHOLE.size() - 1);
    }
    assertThat(
            List.of(
                span(traces.of(trace), "queue").parent(),
                span(traces.of(trace), "attempt").parent()))
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
  private static void post(String ticket, String script, @Nullable String traceparent)
      throws Exception {
    var jobs = URI.create("http://127.0.0.1:" + farm.httpPort() + "/v1/jobs?wait=60s");
    new PostedMacro(ticket, script).send(jobs, traceparent);
  }
}
