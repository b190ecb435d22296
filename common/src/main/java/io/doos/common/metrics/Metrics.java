package io.doos.common.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process measures; gateway and worker of a standalone share it. Counting costs some ten
 * nanoseconds; what goes up and down is looked at only when somebody collects. Safe for use by any
 * thread.
 */
public final class Metrics implements AutoCloseable {

  /** The media type of {@link #openMetrics}. */
  public static final String MEDIA_TYPE =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final Logger log = LoggerFactory.getLogger(Metrics.class);

  private static final Duration[] STEPS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
  private final Map<List<String>, Timer> timers = new ConcurrentHashMap<>();
  private final List<Runnable> looks = new CopyOnWriteArrayList<>();

  /** The library holds them weakly only, and shows the last value once they are gone. */
  private final List<LongSupplier> counted = new CopyOnWriteArrayList<>();

  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Counts one. */
  public void count(Metric metric, String... labels) {
    count(metric, 1, labels);
  }

  /**
   * Adds to a counter.
   *
   * @param labels the values, in the order of the metric's names
   */
  public void count(Metric metric, long amount, String... labels) {
    counters
        .computeIfAbsent(
            key(metric, Metric.Kind.COUNTER, labels),
            _ ->
                Counter.builder(metric.plainName())
                    .description(metric.help())
                    .tags(tags(metric, labels))
                    .register(registry))
        .increment((double) amount);
  }

  /** Puts a duration into a histogram. */
  public void time(Metric metric, Duration duration, String... labels) {
    timers
        .computeIfAbsent(
            key(metric, Metric.Kind.HISTOGRAM, labels),
            _ ->
                Timer.builder(metric.plainName())
                    .description(metric.help())
                    .serviceLevelObjectives(STEPS)
                    .tags(tags(metric, labels))
                    .register(registry))
        .record(duration);
  }

  /** Shows what {@code value} tells whenever somebody collects. */
  public void show(Metric metric, Supplier<? extends Number> value) {
    var _ = key(metric, Metric.Kind.GAUGE);
    Gauge.builder(metric.plainName(), () -> value.get())
        .description(metric.help())
        .strongReference(true)
        .register(registry);
  }

  /**
   * Shows what {@code values} tells whenever somebody collects, by the values of the labels; what
   * is no longer in it is no longer shown.
   */
  public void showAll(Metric metric, Supplier<Map<List<String>, Double>> values) {
    var rows = MultiGauge.builder(metric.plainName()).description(metric.help()).register(registry);
    looks.add(() ->
        rows.register(
            values.get().entrySet().stream()
                .<MultiGauge.Row<?>>map(entry ->
                    MultiGauge.Row.of(
                        Tags.of(tags(metric, entry.getKey().toArray(String[]::new))),
                        entry.getValue()))
                .toList(),
            true));
  }

  /** Shows a count that somebody else keeps. */
  public void showCount(Metric metric, LongSupplier count, String... labels) {
    var _ = key(metric, Metric.Kind.COUNTER, labels);
    counted.add(count);
    FunctionCounter.builder(metric.plainName(), count, LongSupplier::getAsLong)
        .description(metric.help())
        .tags(tags(metric, labels))
        .register(registry);
  }

  /** Everything as it is now, as OpenMetrics 1.0 text. */
  public String openMetrics() {
    for (var look : looks) {
      try {
        look.run();
      } catch (RuntimeException e) {
        log.warn("A metric could not be looked at", e);
      }
    }
    return registry.scrape(MEDIA_TYPE);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  private static List<String> key(Metric metric, Metric.Kind kind, String... labels) {
    if (metric.kind() != kind || metric.labels().size() != labels.length) {
      throw new IllegalArgumentException(
          metric + " is a " + metric.kind() + " with labels " + metric.labels());
    }
    var key = new String[labels.length + 1];
    key[0] = metric.name();
    System.arraycopy(labels, 0, key, 1, labels.length);
    return List.of(key);
  }

  private static List<Tag> tags(Metric metric, String... values) {
    var tags = new java.util.ArrayList<Tag>();
    for (var i = 0; i < values.length; i++) {
      tags.add(Tag.of(metric.labels().get(i), values[i]));
    }
    return tags;
  }
}
