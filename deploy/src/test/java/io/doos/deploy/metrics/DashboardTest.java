package io.doos.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.doos.common.metrics.Metric;
import io.doos.common.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every name and label that a panel or an alert uses is one that a process of the farm tells. */
class DashboardTest {

  private static final Path FOLDER = Path.of("grafana");
  private static final Pattern NAME =
      Pattern.compile("\\b((?:doos|jvm|process)_[a-z_]+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");

  @Test
  void theDashboardShowsWhatIsExported() throws IOException {
    var dashboard = new ObjectMapper().readTree(FOLDER.resolve("doos-dashboard.json").toFile());
    var expressions = dashboard.findValuesAsText("expr");
    assertThat(expressions).hasSizeGreaterThan(15);
    assertAllExported(expressions);
    var used = String.join(" ", expressions);
    assertThat(Metric.values())
        .filteredOn(metric -> !used.contains(metric.exported()))
        .as("metrics that no panel shows")
        .containsExactlyInAnyOrder(Metric.ENDS_HEARD, Metric.TAKING);
  }

  @Test
  void theAlertsLookAtWhatIsExported() throws IOException {
    var alerts = new YAMLMapper().readTree(FOLDER.resolve("doos-alerts.yaml").toFile());
    assertThat(alerts.findValuesAsText("alert")).hasSizeGreaterThan(5).doesNotHaveDuplicates();
    assertAllExported(alerts.findValuesAsText("expr"));
    assertThat(alerts.at("/groups/0/rules").valueStream())
        .allSatisfy(rule -> assertThat(rule.at("/annotations/summary").asText()).isNotBlank())
        .extracting((JsonNode rule) -> rule.at("/labels/severity").asText())
        .containsOnly("warning", "critical");
  }

  private static void assertAllExported(List<String> expressions) {
    var exported = exported();
    var labels = Arrays.stream(Metric.values()).collect(Collectors.toMap(Metric::exported, m -> m));
    for (var expression : expressions) {
      var names = NAME.matcher(expression);
      var found = 0;
      while (names.find()) {
        found++;
        assertThat(exported).as("a name in " + expression).contains(names.group(1));
        var metric = labels.get(names.group(1).replaceAll("_(bucket|sum|count)$", ""));
        if (metric != null && names.group(2) != null) {
          var used = LABEL.matcher(names.group(2));
          while (used.find()) {
            assertThat(metric.labels()).as("a label in " + expression).contains(used.group(1));
          }
        }
      }
      assertThat(found).as("names in " + expression).isPositive();
    }
  }

  /** The names in what a process tells that has measured everything once. */
  private static Set<String> exported() {
    try (var metrics = new Metrics()) {
      for (var metric : Metric.values()) {
        var labels = metric.labels().toArray(String[]::new);
        switch (metric.kind()) {
          case COUNTER -> metrics.count(metric, labels);
          case HISTOGRAM -> metrics.time(metric, Duration.ofSeconds(1), labels);
          case GAUGE -> metrics.showAll(metric, () -> Map.of(List.of(labels), 1.0));
        }
      }
      var names = new HashSet<String>();
      metrics
          .openMetrics()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> names.add(line.split("[{ ]", 2)[0]));
      return names;
    }
  }
}
