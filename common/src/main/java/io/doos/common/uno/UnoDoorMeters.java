package io.doos.common.uno;

import io.doos.common.metrics.Metric;
import io.doos.common.metrics.Metrics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What a process with a UNO door measures of it. It is looked at only when somebody collects. */
public final class UnoDoorMeters {

  private UnoDoorMeters() {}

  /** Shows a door from now on; once for each process. */
  public static void show(Metrics metrics, Supplier<UnoDoorView> door) {
    metrics.showAll(
        Metric.UNO_SESSIONS,
        () -> {
          var view = door.get();
          return Map.of(
              List.of("serving"), (double) view.inUse(),
              List.of("waiting"), (double) view.waiting());
        });
    metrics.show(Metric.UNO_FREE_PLACES, () -> door.get().free());
    for (var how : SessionEnd.values()) {
      metrics.showCount(
          Metric.UNO_SESSIONS_ENDED,
          () -> door.get().ended().getOrDefault(how, 0L),
          how.name().toLowerCase(Locale.ROOT));
    }
  }
}
