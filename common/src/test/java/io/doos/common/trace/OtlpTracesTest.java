package io.doos.common.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.doos.common.config.BadSettingsException;
import io.doos.common.config.Settings;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Timings;
import io.doos.common.trace.TraceReceiver.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a receiver gets of what was told; all is there when the traces are closed. */
class OtlpTracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CLIENT = "b7ad6b7169203331";
  private static final String SAMPLED = "00-" + TRACE + "-" + CLIENT + "-01";
  private static final Instant SUBMITTED = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant BEGAN = SUBMITTED.plusMillis(250);
  private static final Instant ENDED = BEGAN.plusMillis(1000);

  private TraceReceiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new TraceReceiver();
  }

  @AfterEach
  void stopListening() {
    receiver.close();
  }

  @Test
  void anAttemptIsLaidOutFromWhatWasMeasured() throws Exception {
    try (var traces = traces(Map.of())) {
      traces.attempted(seen(1, Map.of("traceparent", SAMPLED), null));
    }
    assertThat(receiver.spans()).extracting(Seen::trace).containsOnly(TRACE);
    assertThat(span("queue").parent()).isEqualTo(CLIENT);
    assertThat(times("queue")).containsExactly(0, 250);
    var attempt = span("attempt");
    assertThat(attempt.parent()).isEqualTo(CLIENT);
    assertThat(attempt.kind()).isEqualTo("CONSUMER");
    assertThat(attempt.isError()).isFalse();
    assertThat(attempt.attributes())
        .containsOnly(
            Map.entry("doos.ticket", "7"),
            Map.entry("doos.kind", "macro"),
            Map.entry("doos.pool", "default"),
            Map.entry("doos.worker", "w1"),
            Map.entry("doos.attempt", "1"),
            Map.entry("doos.outcome", "done"));
    assertThat(times("attempt")).containsExactly(250, 1250);
    assertThat(times("fetch")).containsExactly(250, 260);
    assertThat(times("run")).containsExactly(260, 560);
    assertThat(times("store")).containsExactly(560, 565);
    assertThat(receiver.spans())
        .filteredOn(span -> List.of("fetch", "run", "store").contains(span.name()))
        .extracting(Seen::parent)
        .containsOnly(attempt.id());
  }

  @Test
  void aFailureIsTheStatusAndLaterAttemptsDidNotWaitInTheQueue() throws Exception {
    var error = JobError.of(ErrorCode.OFFICE_CRASHED, "Its office died under it");
    try (var traces = traces(Map.of())) {
      traces.attempted(seen(2, Map.of("traceparent", SAMPLED), error));
    }
    assertThat(receiver.spans())
        .extracting(Seen::name)
        .containsExactlyInAnyOrder("attempt", "fetch", "run", "store");
    assertThat(span("attempt").isError()).isTrue();
    assertThat(span("attempt").said()).isEqualTo("OFFICE_CRASHED: Its office died under it");
    assertThat(span("attempt").attributes()).containsEntry("error.type", "OFFICE_CRASHED");
  }

  @Test
  void stagesThatAFailedAttemptDidNotReachAreNotShown() throws Exception {
    var parent = Map.of("traceparent", SAMPLED);
    var error = JobError.of(ErrorCode.INTERNAL, "The worker's disk failed");
    try (var traces = traces(Map.of())) {
      traces.attempted(seen(2, parent, error, new Timings(250, 0, 300, 0)));
    }
    assertThat(receiver.spans())
        .extracting(Seen::name)
        .containsExactlyInAnyOrder("attempt", "fetch", "run");
  }

  @Test
  void aJobThatNobodyTracedBeforeHasASpanThatHoldsAll() throws Exception {
    try (var traces = traces(Map.of())) {
      traces.attempted(seen(1, Map.of("traceparent", "not of the form"), null));
    }
    assertThat(span("job").parent()).isEmpty();
    assertThat(times("job")).containsExactly(0, 1250);
    assertThat(span("queue").parent()).isEqualTo(span("job").id());
    assertThat(span("attempt").parent()).isEqualTo(span("job").id());
  }

  @Test
  void aTakenJobCarriesTheSpanOfItsGateway() throws Exception {
    try (var traces = traces(Map.of())) {
      var sent = Map.of("traceparent", SAMPLED, "tracestate", "other=1", "colour", "red");
      try (var taking = traces.taking("http", "macro", Pool.DEFAULT, sent)) {
        taking.took(new Ticket("7"));
        assertThat(taking.headers())
            .hasSize(3)
            .containsEntry("tracestate", "other=1")
            .containsEntry("colour", "red");
        traces.attempted(seen(1, taking.headers(), null));
      }
    }
    assertThat(span("submit").parent()).isEqualTo(CLIENT);
    assertThat(span("submit").kind()).isEqualTo("SERVER");
    assertThat(span("submit").attributes())
        .containsEntry("doos.ticket", "7")
        .containsEntry("doos.door", "http")
        .containsEntry("doos.outcome", "accepted");
    assertThat(span("attempt").parent()).isEqualTo(span("submit").id());
    assertThat(receiver.spans()).extracting(Seen::service).containsOnly("doos-test");
  }

  @Test
  void aRefusedJobSaysWhy() throws Exception {
    try (var traces = traces(Map.of());
        var taking = traces.taking("doos", "macro", Pool.DEFAULT, Map.of())) {
      taking.failed(new IOException("no space"));
    }
    assertThat(span("submit").said()).isEqualTo("no space");
    assertThat(span("submit").isError()).isTrue();
    assertThat(span("submit").attributes()).containsEntry("error.type", "IOException");
  }

  @Test
  void clientsDecideWhetherTheirJobsAreTracedAndTheRatioDecidesForOthers() throws Exception {
    var unsampled = Map.of("traceparent", "00-" + TRACE + "-" + CLIENT + "-00");
    try (var all = traces(Map.of());
        var none = traces(Map.of("trace.ratio", "0%"))) {
      all.attempted(seen(1, unsampled, null));
      try (var taking = none.taking("http", "macro", Pool.DEFAULT, Map.of())) {
        assertThat(taking.headers().get("traceparent")).matches(".*-0[02]"); // not sampled
        all.attempted(seen(1, taking.headers(), null));
      }
      none.attempted(seen(2, Map.of("traceparent", SAMPLED), null));
    }
    assertThat(receiver.spans()).extracting(Seen::trace).containsOnly(TRACE).hasSize(4);
  }

  @Test
  void theReceiverGetsTheAuthorizationThatItWants() throws Exception {
    try (var traces = traces(Map.of("trace.authorization", "Bearer of-letters"))) {
      traces.attempted(seen(1, Map.of(), null));
    }
    assertThat(receiver.authorizations()).containsOnly("Bearer of-letters").isNotEmpty();
  }

  @Test
  void withoutAnEndpointNothingIsDoneAndHeadersPass() throws Exception {
    var settings = Settings.load(Optional.empty(), Map.of(), Map.of());
    try (var traces = Traces.of(settings, "doos-test", InstantSource.system());
        var taking = traces.taking("http", "macro", Pool.DEFAULT, Map.of("traceparent", "x"))) {
      assertThat(traces).isSameAs(Traces.NONE);
      assertThat(taking.headers()).containsExactly(Map.entry("traceparent", "x"));
    }
  }

  @Test
  void aReceiverThatNeverAnswersHoldsNobodyUpAndIsNamedOnce() throws Exception {
    var logger = (Logger) LoggerFactory.getLogger(QuietExporter.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var endpoint = "http://127.0.0.1:" + silent.getLocalPort();
      try (var traces = traces(Map.of("trace.endpoint", endpoint))) {
        for (int i = 0; i < 20_000; i++) {
          traces.attempted(seen(1, Map.of(), null)); // far more than wait to be sent
        }
      }
      assertThat(lines.list).hasSizeLessThanOrEqualTo(1);
    } finally {
      logger.detachAppender(lines);
    }
  }

  private Traces traces(Map<String, String> more) throws BadSettingsException {
    var given = new java.util.HashMap<>(Map.of("trace.endpoint", receiver.endpoint()));
    given.putAll(more);
    return Traces.of(
        Settings.load(Optional.empty(), Map.of(), given), "doos-test", InstantSource.fixed(ENDED));
  }

  private static AttemptSeen seen(
      int attempt, Map<String, String> headers, @org.jspecify.annotations.Nullable JobError error) {
    return seen(attempt, headers, error, new Timings(250, 10, 300, 5));
  }

  private static AttemptSeen seen(
      int attempt,
      Map<String, String> headers,
      @org.jspecify.annotations.Nullable JobError error,
      Timings timings) {
    var message =
        new JobMessage(
            new Ticket("7"),
            new Work.RunMacro(Work.RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(),
            null,
            SUBMITTED,
            JobMessage.Limits.DEFAULT,
            null);
    return new AttemptSeen(
        new JobRecord(message, Pool.DEFAULT, null, null, null, headers),
        attempt,
        "w1",
        BEGAN,
        error == null ? "done" : "failed",
        timings,
        error);
  }

  private Seen span(String name) {
    var found = receiver.spans().stream().filter(span -> span.name().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  /** Begin and end, in milliseconds after it was submitted. */
  private List<Integer> times(String name) {
    var zero = SUBMITTED.toEpochMilli();
    return List.of(
        (int) (span(name).beginNanos() / 1_000_000 - zero),
        (int) (span(name).endNanos() / 1_000_000 - zero));
  }
}
