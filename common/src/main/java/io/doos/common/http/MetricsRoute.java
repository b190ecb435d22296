package io.doos.common.http;

import io.doos.common.metrics.Metrics;

/** {@code /metrics}: what the process measured, as OpenMetrics 1.0 text. */
public final class MetricsRoute {

  private MetricsRoute() {}

  public static Route of(Metrics metrics) {
    return new Route(
        "GET", "/metrics", _ -> HttpAnswer.text(Metrics.MEDIA_TYPE, metrics.openMetrics()));
  }
}
