package io.doos.common.trace;

import io.doos.common.config.Settings;
import io.doos.common.config.TraceSetting;
import io.doos.common.job.Pool;
import java.time.InstantSource;
import java.util.Map;

/**
 * Tells of the lives of jobs, so that what several processes did for one of them can be seen
 * together. Nobody waits for it, and nothing depends on it. Safe for use by any thread.
 */
public interface Traces extends AutoCloseable {

  /** Tells nobody; what clients sent along goes on as it came. */
  Traces NONE = new Untold();

  /**
   * As the settings want it.
   *
   * @param service what the process is called in traces, such as {@code doos-gateway}
   */
  static Traces of(Settings settings, String service, InstantSource clock) {
    return settings
        .get(TraceSetting.TRACE_ENDPOINT)
        .<Traces>map(endpoint ->
            new OtlpTraces(
                new OtlpTraces.Config(
                    endpoint,
                    settings.get(TraceSetting.TRACE_AUTHORIZATION),
                    settings.get(TraceSetting.TRACE_RATIO),
                    service),
                clock))
        .orElse(NONE);
  }

  /**
   * A gateway begins to take a job.
   *
   * @param door where it came in, such as {@code http}
   * @param kind of its work
   * @param headers what its client sent along, maybe {@code traceparent} and {@code tracestate}
   */
  Taking taking(String door, String kind, Pool pool, Map<String, String> headers);

  /** A worker has made an attempt. */
  void attempted(AttemptSeen attempt);

  /** Sends what is left, for a moment; tells no more. May be called twice. */
  @Override
  void close();
}
