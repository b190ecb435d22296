package io.doos.common.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Exports by another, and says in our own log, at most once a minute, that spans were lost. */
final class QuietExporter implements SpanExporter {

  private static final org.slf4j.Logger log = LoggerFactory.getLogger(QuietExporter.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  // It tells the same in a log of its own; kept, or its level would go with it.
  private final Logger hushed = Logger.getLogger("io.opentelemetry");

  private final SpanExporter exporter;
  private final String endpoint;
  private final InstantSource clock;
  private Instant next = Instant.MIN;
  private long lost;

  QuietExporter(SpanExporter exporter, String endpoint, InstantSource clock) {
    this.exporter = exporter;
    this.endpoint = endpoint;
    this.clock = clock;
    hushed.setLevel(Level.OFF);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    var size = spans.size();
    var result = exporter.export(spans);
    result.whenComplete(() -> {
      if (!result.isSuccess()) {
        lose(size, result.getFailureThrowable());
      }
    });
    return result;
  }

  private synchronized void lose(int spans, @Nullable Throwable why) {
    lost += spans;
    var now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(PAUSE);
    log.warn(
        "Traces cannot be sent to {} (trace.endpoint): {} spans were lost{}",
        endpoint,
        lost,
        why == null ? "" : ": " + reason(why));
    lost = 0;
  }

  private static String reason(Throwable why) {
    return why.getMessage() == null ? why.toString() : why.getMessage();
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
