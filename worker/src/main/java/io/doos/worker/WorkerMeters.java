package io.doos.worker;

import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.JobRecord;
import io.doos.common.metrics.Metric;
import io.doos.common.metrics.Metrics;
import io.doos.common.status.Status;
import io.doos.common.trace.AttemptSeen;
import io.doos.common.trace.Traces;
import io.doos.common.uno.UnoDoor;
import io.doos.common.uno.UnoDoorMeters;
import io.doos.worker.format.FormatterPool;
import io.doos.worker.format.FormatterSnapshot;
import io.doos.worker.office.Office.Death;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.OfficeSnapshot;
import io.doos.worker.run.JobMeter;
import io.doos.worker.run.JobTaker;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a worker measures and tells of its jobs. */
final class WorkerMeters implements JobMeter {

  private static final List<String> OFFICE_STATES =
      List.of("starting", "ready", "leased", "cleaning", "checking", "retiring");

  private final Metrics metrics;
  private final Traces traces;

  WorkerMeters(Metrics metrics, Traces traces) {
    this.metrics = metrics;
    this.traces = traces;
    // so that a rate is known from the first of its kind on
    for (var arrival : Arrival.values()) {
      metrics.count(Metric.DELIVERIES, 0, word(arrival));
    }
    Stream.of("in", "out").forEach(way -> metrics.count(Metric.JOB_BYTES, 0, way));
  }

  /** Shows these offices from now on. */
  void show(OfficePool pool) {
    metrics.showAll(
        Metric.OFFICES,
        () -> counts(OFFICE_STATES, pool.snapshot().stream().map(OfficeSnapshot::phase)));
    Arrays.stream(Death.values())
        .filter(death -> death != Death.NONE)
        .forEach(death ->
            metrics.showCount(
                Metric.OFFICE_ENDS, () -> pool.ends().getOrDefault(death, 0L), word(death)));
  }

  /** Shows these formatters from now on. */
  void show(FormatterPool pool) {
    var states = Arrays.stream(FormatterSnapshot.Phase.values()).map(WorkerMeters::word).toList();
    metrics.showAll(
        Metric.FORMATTERS,
        () -> counts(states, pool.snapshot().stream().map(FormatterSnapshot::phase)));
  }

  private static Map<List<String>, Double> counts(List<String> states, Stream<?> phases) {
    var counts = new HashMap<List<String>, Double>();
    states.forEach(state -> counts.put(List.of(state), 0.0));
    phases.forEach(phase -> counts.merge(List.of(word(phase)), 1.0, Double::sum));
    return counts;
  }

  /** Shows what this has in hand from now on. */
  void show(JobTaker taker) {
    metrics.show(Metric.JOBS_IN_HAND, taker::inHand);
    metrics.show(Metric.TAKING, () -> taker.mode() == JobTaker.Mode.TAKING ? 1 : 0);
  }

  /** Shows this UNO door from now on. */
  void show(UnoDoor door) {
    UnoDoorMeters.show(metrics, door::view);
  }

  @Override
  public void delivered(Arrival arrival) {
    metrics.count(Metric.DELIVERIES, word(arrival));
  }

  @Override
  public void fetched(long bytes) {
    metrics.count(Metric.JOB_BYTES, bytes, "in");
  }

  @Override
  public void ended(JobRecord job, Status status) {
    var kind = job.message().work().kind();
    var error = status.error();
    metrics.count(
        Metric.JOBS_ENDED,
        kind,
        job.pool().name(),
        word(status.state()),
        error == null ? "" : error.code().name());
    var result = status.result();
    if (result != null) {
      metrics.count(Metric.JOB_BYTES, result.bytes(), "out");
    }
    var timings = status.timings();
    if (timings != null) {
      time(kind, "queue", timings.queuedMs());
      time(kind, "fetch", timings.fetchMs());
      time(kind, "run", timings.runMs());
      time(kind, "store", timings.storeMs());
    }
  }

  @Override
  public void attempted(AttemptSeen attempt) {
    traces.attempted(attempt);
  }

  private void time(String kind, String stage, long millis) {
    metrics.time(Metric.STAGE, Duration.ofMillis(millis), kind, stage);
  }

  private static String word(Object value) {
    return value.toString().toLowerCase(Locale.ROOT);
  }
}
