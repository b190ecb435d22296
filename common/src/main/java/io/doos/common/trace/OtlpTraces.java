package io.doos.common.trace;

import io.doos.common.config.Secret;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends traces over OTLP/HTTP. A thread of the SDK's sends them in batches, once; when the receiver
 * does not take them, or too many wait, they are lost.
 */
final class OtlpTraces implements Traces {

  static final AttributeKey<String> TICKET = AttributeKey.stringKey("doos.ticket");
  static final AttributeKey<String> KIND = AttributeKey.stringKey("doos.kind");
  static final AttributeKey<String> POOL = AttributeKey.stringKey("doos.pool");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("doos.outcome");

  /** As OpenTelemetry's conventions call it. */
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private static final AttributeKey<String> DOOR = AttributeKey.stringKey("doos.door");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

  private static final String PATH = "/v1/traces";
  private static final int MOST_WAITING = 2048;
  private static final Duration BATCH = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration LAST = Duration.ofSeconds(2);

  /**
   * Where traces go.
   *
   * @param endpoint the receiver, without {@code /v1/traces}
   * @param authorization what goes into the header of this name, if anything
   * @param ratio share of jobs, 0 to 1, where nobody has decided before us
   * @param service what this process is called
   */
  record Config(URI endpoint, Optional<Secret> authorization, double ratio, String service) {

    /** The address that traces are posted to, whether or not it was given whole. */
    String address() {
      var text = endpoint.toString();
      var base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      return base.endsWith(PATH) ? base : base + PATH;
    }
  }

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final AttemptSpans attempts;

  OtlpTraces(Config config, InstantSource clock) {
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(config.address())
            .setCompression("gzip")
            .setConnectTimeout(ANSWER)
            .setTimeout(ANSWER)
            .setRetryPolicy(null);
    config.authorization().ifPresent(value -> exporter.addHeader("Authorization", value.value()));
    this.provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(Resource.create(Attributes.of(SERVICE, config.service()))))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(config.ratio())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        new QuietExporter(exporter.build(), config.address(), clock))
                    .setMaxQueueSize(MOST_WAITING)
                    .setScheduleDelay(BATCH)
                    .setExporterTimeout(ANSWER)
                    .build())
            .build();
    this.tracer = provider.get("io.doos");
    this.attempts = new AttemptSpans(tracer, clock);
  }

  @Override
  public Taking taking(String door, String kind, Pool pool, Map<String, String> headers) {
    var span =
        tracer
            .spanBuilder("submit")
            .setParent(Carrier.read(headers))
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(DOOR, door)
            .setAttribute(KIND, kind)
            .setAttribute(POOL, pool.name())
            .startSpan();
    return new SpannedTaking(span, Carrier.with(span, headers));
  }

  private record SpannedTaking(Span span, Map<String, String> headers) implements Taking {

    @Override
    public void took(Ticket ticket) {
      span.setAttribute(TICKET, ticket.value()).setAttribute(OUTCOME, "accepted");
    }

    @Override
    public void failed(Exception why) {
      span.setAttribute(OUTCOME, "refused")
          .setAttribute(ERROR, why.getClass().getSimpleName())
          .setStatus(StatusCode.ERROR, String.valueOf(why.getMessage()));
    }

    @Override
    public void close() {
      span.end();
    }
  }

  @Override
  public void attempted(AttemptSeen attempt) {
    attempts.tell(attempt);
  }

  @Override
  public void close() {
    provider.shutdown().join(LAST.toMillis(), TimeUnit.MILLISECONDS);
  }
}
