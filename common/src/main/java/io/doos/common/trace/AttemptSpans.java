package io.doos.common.trace;

import io.doos.common.status.Timings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes the spans of an attempt when it is over, out of what is measured anyway, so that nothing is
 * done for them while it runs.
 */
final class AttemptSpans {

  private static final AttributeKey<String> WORKER = AttributeKey.stringKey("doos.worker");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("doos.attempt");

  private final Tracer tracer;
  private final InstantSource clock;

  AttemptSpans(Tracer tracer, InstantSource clock) {
    this.tracer = tracer;
    this.clock = clock;
  }

  void tell(AttemptSeen seen) {
    var now = clock.instant();
    var began = earlier(seen.began(), now);
    var submitted = earlier(seen.job().message().submittedAt(), began);
    var parent = Carrier.read(seen.job().headers());
    if (seen.attempt() > 1) {
      attempt(seen, parent, began, now);
    } else if (Span.fromContext(parent).getSpanContext().isValid()) {
      wait(parent, submitted, began);
      attempt(seen, parent, began, now);
    } else {
      // nobody has told of it before: one span holds together what we tell
      var job = named(seen, span("job", Context.root(), SpanKind.INTERNAL, submitted));
      var within = Context.root().with(job);
      wait(within, submitted, began);
      attempt(seen, within, began, now);
      job.end(now);
    }
  }

  /** What happened between later attempts is not known: only the first is said to have waited. */
  private void wait(Context parent, Instant submitted, Instant began) {
    span("queue", parent, SpanKind.INTERNAL, submitted).end(began);
  }

  private void attempt(AttemptSeen seen, Context parent, Instant began, Instant ended) {
    var attempt = named(seen, span("attempt", parent, SpanKind.CONSUMER, began));
    attempt
        .setAttribute(WORKER, seen.worker())
        .setAttribute(ATTEMPT, (long) seen.attempt())
        .setAttribute(OtlpTraces.OUTCOME, seen.outcome());
    var timings = seen.timings();
    if (timings != null) {
      stages(timings, seen.error() == null, parent.with(attempt), began);
    }
    attempt.end(ended);
  }

  /** The stages that a failed attempt did not reach took no time, and are not shown. */
  private void stages(Timings timings, boolean all, Context parent, Instant began) {
    var fetched = began.plusMillis(timings.fetchMs());
    var ran = fetched.plusMillis(timings.runMs());
    var stored = ran.plusMillis(timings.storeMs());
    if (all || stored.isAfter(began)) {
      span("fetch", parent, SpanKind.INTERNAL, began).end(fetched);
    }
    if (all || stored.isAfter(fetched)) {
      span("run", parent, SpanKind.INTERNAL, fetched).end(ran);
    }
    if (all || stored.isAfter(ran)) {
      span("store", parent, SpanKind.INTERNAL, ran).end(stored);
    }
  }

  private Span span(String name, Context parent, SpanKind kind, Instant begin) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setSpanKind(kind)
        .setStartTimestamp(begin)
        .startSpan();
  }

  private static Span named(AttemptSeen seen, Span span) {
    var job = seen.job();
    span.setAttribute(OtlpTraces.TICKET, job.ticket().value())
        .setAttribute(OtlpTraces.KIND, job.message().work().kind())
        .setAttribute(OtlpTraces.POOL, job.pool().name());
    var error = seen.error();
    if (error != null) {
      span.setAttribute(OtlpTraces.ERROR, error.code().name())
          .setStatus(StatusCode.ERROR, error.oneLine());
    }
    return span;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
