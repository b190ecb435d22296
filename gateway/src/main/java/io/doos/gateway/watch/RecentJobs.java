package io.doos.gateway.watch;

import io.doos.common.job.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The jobs that were taken or whose end was heard of last, {@value #MOST} at most, each once: an
 * end that is told again is no news. When it is full the more numerous kind gives way, open jobs or
 * ended ones, so that neither drives the other out. Some 5 MiB when full. Safe for use by any
 * thread.
 */
final class RecentJobs {

  static final int MOST = 10_000;

  private final SequencedMap<Ticket, OpenJob> open = new LinkedHashMap<>();
  private final SequencedMap<Ticket, EndedJob> ended = new LinkedHashMap<>();

  /** Takes note of a job that was taken, unless its end was faster to be heard of. */
  synchronized void add(OpenJob job) {
    if (!ended.containsKey(job.ticket())) {
      open.putIfAbsent(job.ticket(), job);
      forgetOldest();
    }
  }

  /** Takes note of an end; answers whether it is new. */
  synchronized boolean add(EndedJob job) {
    open.remove(job.ticket());
    if (ended.putIfAbsent(job.ticket(), job) != null) {
      return false;
    }
    forgetOldest();
    return true;
  }

  /** Forgets a job that was withdrawn; its end may be told later, or never. */
  synchronized void withdrawn(Ticket ticket) {
    open.remove(ticket);
  }

  private void forgetOldest() {
    if (size() > MOST) {
      (open.size() > ended.size() ? open : ended).pollFirstEntry();
    }
  }

  /**
   * The newest that the filter takes, {@code most} at most, newest first.
   *
   * @param workers those that have a job in an office, by its ticket
   */
  synchronized List<HeardJob> newest(JobFilter filter, int most, Map<Ticket, String> workers) {
    var waiting =
        newestFirst(open).map(job -> job.on(Optional.ofNullable(workers.get(job.ticket()))));
    return Stream.<HeardJob>concat(
            newestFirst(ended).filter(filter::takes).limit(most),
            waiting.filter(filter::takes).limit(most))
        .sorted(Comparator.comparing(HeardJob::at).reversed())
        .limit(most)
        .toList();
  }

  private static <J extends HeardJob> Stream<J> newestFirst(SequencedMap<Ticket, J> jobs) {
    return jobs.sequencedValues().reversed().stream();
  }

  /** How long the jobs took that ended after {@code since}, shortest first. */
  synchronized List<Duration> took(Instant since) {
    return ended.values().stream()
        .filter(job -> job.finishedAt().isAfter(since))
        .map(EndedJob::took)
        .sorted()
        .toList();
  }

  synchronized int size() {
    return open.size() + ended.size();
  }
}
