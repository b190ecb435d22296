package io.doos.gateway.watch;

import io.doos.common.job.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The jobs whose end was heard of last, {@value #MOST} at most, each once: an end that is told
 * again is no news. Some 5 MiB when full. Safe for use by any thread.
 */
final class RecentJobs {

  static final int MOST = 10_000;

  private final SequencedMap<Ticket, EndedJob> jobs = new LinkedHashMap<>();

  /** Takes note of a job; answers whether it is new. */
  synchronized boolean add(EndedJob job) {
    if (jobs.putIfAbsent(job.ticket(), job) != null) {
      return false;
    }
    if (jobs.size() > MOST) {
      jobs.pollFirstEntry();
    }
    return true;
  }

  /** The newest that the filter takes, {@code most} at most, newest first. */
  synchronized List<EndedJob> newest(JobFilter filter, int most) {
    var found = new ArrayList<EndedJob>();
    for (var job : jobs.sequencedValues().reversed()) {
      if (found.size() == most) {
        break;
      }
      if (filter.takes(job)) {
        found.add(job);
      }
    }
    return found;
  }

  /** How long the jobs took that ended after {@code since}, shortest first. */
  synchronized List<Duration> took(Instant since) {
    return jobs.values().stream()
        .filter(job -> job.finishedAt().isAfter(since))
        .map(EndedJob::took)
        .sorted()
        .toList();
  }

  synchronized int size() {
    return jobs.size();
  }
}
