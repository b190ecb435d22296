package io.doos.common.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class QuietExporterTest {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final Logger logger = (Logger) LoggerFactory.getLogger(QuietExporter.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final QuietExporter exporter =
      new QuietExporter(new Failing(), "http://nowhere", now::get);

  /** An exporter whose receiver never takes anything. */
  private static final class Failing implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofExceptionalFailure(new IllegalStateException("refused"));
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void whatIsLostIsSaidOnceAMinuteAndCounted() {
    lose(3);
    lose(5);
    now.set(START.plus(Duration.ofSeconds(59)));
    lose(7);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Traces cannot be sent to http://nowhere (trace.endpoint): 3 spans were lost:"
                + " refused");
    now.set(START.plus(Duration.ofSeconds(60)));
    lose(1);
    assertThat(lines.list).hasSize(2);
    assertThat(lines.list.getLast().getFormattedMessage()).contains("13 spans were lost");
  }

  private void lose(int spans) {
    exporter.export(Collections.nCopies(spans, null));
  }
}
