package io.doos.gateway.uno;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which workers to ask for an office, and in which order; pure. News are a few seconds old, so what
 * was taken since counts against them, and who could not be reached is left out until it speaks
 * again.
 *
 * @param takenAt when we took offices of each worker
 * @param failedAt when a worker could not be reached
 */
record Choice(Map<String, List<Instant>> takenAt, Map<String, Instant> failedAt) {

  /** Those that should have a free office, the one with most of them first. */
  List<UnoWorker> likely(List<UnoWorker> workers) {
    return all(workers).stream().filter(worker -> free(worker) > 0).toList();
  }

  /** All that can be asked: who seems busy may have become free. */
  List<UnoWorker> all(List<UnoWorker> workers) {
    return workers.stream()
        .filter(this::spokeSinceItFailed)
        .sorted(Comparator.comparingInt(this::free).reversed().thenComparing(UnoWorker::name))
        .toList();
  }

  private int free(UnoWorker worker) {
    var since =
        takenAt.getOrDefault(worker.name(), List.of()).stream()
            .filter(taken -> taken.isAfter(worker.heardAt()))
            .count();
    return worker.free() - (int) since;
  }

  private boolean spokeSinceItFailed(UnoWorker worker) {
    var failed = failedAt.get(worker.name());
    return failed == null || worker.heardAt().isAfter(failed);
  }
}
