package io.doos.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetricsTest {

  @Test
  void everyMetricIsExportedUnderItsNameWithItsLabels() {
    try (var metrics = new Metrics()) {
      for (var metric : Metric.values()) {
        var labels = metric.labels().toArray(String[]::new);
        switch (metric.kind()) {
          case COUNTER -> metrics.count(metric, 2, labels);
          case HISTOGRAM -> metrics.time(metric, Duration.ofMillis(30), labels);
          case GAUGE -> metrics.showAll(metric, () -> Map.of(List.of(labels), 2.0));
        }
      }
      var text = metrics.openMetrics();
      for (var metric : Metric.values()) {
        var labels =
            metric.labels().stream().sorted().map(label -> label + "=\"" + label + "\"").toList();
        var braced = labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}";
        var line =
            switch (metric.kind()) {
              case COUNTER, GAUGE -> metric.exported() + braced + " 2.0\n";
              case HISTOGRAM -> metric.exported() + "_count" + braced + " 1\n";
            };
        assertThat(text).contains(line);
      }
      assertThat(text).contains("jvm_memory_used_bytes").contains("process_cpu_usage");
      assertThat(text).endsWith("# EOF\n");
    }
  }

  @Test
  void whatGoesUpAndDownIsLookedAtWhenItIsAskedFor() {
    try (var metrics = new Metrics()) {
      var shown =
          new java.util.TreeMap<List<String>, Double>(
              java.util.Comparator.comparing(Object::toString));
      metrics.showAll(Metric.OFFICES, () -> shown);
      shown.put(List.of("ready"), 1.0);
      assertThat(metrics.openMetrics()).contains("doos_offices{state=\"ready\"} 1.0");
      shown.clear();
      shown.put(List.of("leased"), 3.0);
      assertThat(metrics.openMetrics())
          .contains("doos_offices{state=\"leased\"} 3.0")
          .doesNotContain("state=\"ready\"");
    }
  }

  @Test
  void aCountOfSomebodyElsesIsShownHoweverOftenMemoryIsCleared() {
    try (var metrics = new Metrics()) {
      var count = new AtomicLong(1);
      metrics.showCount(Metric.OFFICE_ENDS, () -> count.get(), "deadline");
      var gone = new WeakReference<>(new Object());
      while (gone.get() != null) {
        System.gc();
      }
      count.set(2);
      assertThat(metrics.openMetrics()).contains("doos_office_ends_total{cause=\"deadline\"} 2.0");
    }
  }

  @Test
  void aMetricIsUsedAsWhatItIs() {
    try (var metrics = new Metrics()) {
      assertThatThrownBy(() -> metrics.count(Metric.OFFICES, "ready"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> metrics.count(Metric.DELIVERIES))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[arrival]");
    }
  }

  @Test
  void thePageOnMetricsHasThemAll() throws Exception {
    assertThat(Files.readString(Path.of("../docs/metrics.md"))).contains(Metric.table());
  }
}
