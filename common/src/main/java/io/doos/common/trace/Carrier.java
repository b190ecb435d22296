package io.doos.common.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;

/**
 * How a trace travels in the headers of a job: as <a href="https://www.w3.org/TR/trace-context/">
 * Trace Context</a> has it. What is not of its form counts as absent.
 */
final class Carrier {

  private static final W3CTraceContextPropagator FORM = W3CTraceContextPropagator.getInstance();

  private static final TextMapGetter<Map<String, String>> READER =
      (headers, name) -> headers == null ? null : headers.get(name);

  private Carrier() {}

  /** The trace that the headers name; the root context when they name none. */
  static Context read(Map<String, String> headers) {
    return FORM.extract(Context.root(), headers, READER);
  }

  /** The same headers, but for the trace: it goes on from {@code span}. */
  static Map<String, String> with(Span span, Map<String, String> headers) {
    var carried = new HashMap<>(headers);
    carried.keySet().removeAll(FORM.fields());
    FORM.inject(Context.root().with(span), carried, (map, name, value) -> carried.put(name, value));
    return Map.copyOf(carried);
  }
}
