package io.doos.gateway.page;

import io.doos.common.status.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where a job's time went, as a bar and in figures. */
final class Timeline {

  private static final int WIDTH = 1000;

  private record Stage(String name, String word, long millis) {}

  private Timeline() {}

  static Html of(Timings timings) {
    var stages =
        List.of(
            new Stage("queue", "waited in the queue", timings.queuedMs()),
            new Stage("fetch", "fetched its files", timings.fetchMs()),
            new Stage("run", "had an office, or waited for it", timings.runMs()),
            new Stage("store", "stored its result", timings.storeMs()));
    return Html.of(
        """
        <svg class="timeline" viewBox="0 0 1000 24" preserveAspectRatio="none" aria-hidden="true">{}</svg>
        <dl class="stages">{}</dl>
        """,
        bars(stages),
        stages.stream()
            .map(stage ->
                Html.of(
                    "<div><dt><span class=\"key {}\"></span>{}</dt><dd>{}</dd></div>",
                    stage.name(),
                    stage.word(),
                    Words.of(Duration.ofMillis(stage.millis()))))
            .toList());
  }

  private static List<Html> bars(List<Stage> stages) {
    var whole = Math.max(1, stages.stream().mapToLong(Stage::millis).sum());
    var bars = new ArrayList<Html>();
    long before = 0;
    for (var stage : stages) {
      var from = before * WIDTH / whole;
      before += stage.millis();
      var to = before * WIDTH / whole;
      if (to > from) {
        bars.add(
            Html.of(
                "<rect class=\"{}\" x=\"{}\" y=\"0\" width=\"{}\" height=\"24\"/>",
                stage.name(),
                from,
                to - from));
      }
    }
    return bars;
  }
}
