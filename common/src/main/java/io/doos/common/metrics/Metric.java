package io.doos.common.metrics;

import java.util.Arrays;
import java.util.List;

/** Everything of ours that is measured, with the names that dashboards and alerts rely on. */
public enum Metric {
  SUBMISSIONS(
      Kind.COUNTER,
      "doos_submissions_total",
      "gateway",
      "jobs that this gateway's doors took; outcome: accepted, or later where the broker did not"
          + " take the job and the client was told to try again",
      "outcome"),
  ENDS_HEARD(
      Kind.COUNTER,
      "doos_job_ends_heard_total",
      "gateway",
      "ends of jobs of the whole farm that this gateway heard of, each counted once; outcome:"
          + " done, failed, cancelled, expired",
      "outcome",
      "pool"),
  QUEUE_JOBS(
      Kind.GAUGE,
      "doos_queue_jobs",
      "gateway",
      "messages that wait in a pool's queue (an embedded broker counts those in hand too)",
      "pool"),
  OLDEST_JOB(
      Kind.GAUGE,
      "doos_oldest_job_seconds",
      "gateway",
      "age of the pool's oldest job that no worker has begun; 0 when there is none",
      "pool"),
  DEAD_MESSAGES(
      Kind.GAUGE, "doos_dead_messages", "gateway", "messages in doos.dead, which nobody can use"),
  WORKERS(
      Kind.GAUGE,
      "doos_workers",
      "gateway",
      "workers that this gateway heard of in the last 30 s; state: starting, ready, draining,"
          + " paused, stopping",
      "pool",
      "state"),
  JOBS_ENDED(
      Kind.COUNTER,
      "doos_jobs_ended_total",
      "worker",
      "jobs that this worker ended; kind: macro, convert, format; outcome: done, failed, cancelled,"
          + " expired; code: the error's, empty for done",
      "kind",
      "pool",
      "outcome",
      "code"),
  STAGE(
      Kind.HISTOGRAM,
      "doos_job_stage_seconds",
      "worker",
      "where the time of jobs that this worker ended went; stage: queue, fetch, run, store",
      "kind",
      "stage"),
  DELIVERIES(
      Kind.COUNTER,
      "doos_deliveries_total",
      "worker",
      "job messages that came from the broker; arrival: fresh, redelivered, recovered (by a"
          + " janitor)",
      "arrival"),
  JOB_BYTES(
      Kind.COUNTER,
      "doos_job_bytes_total",
      "worker",
      "input files that were fetched (in) and result zips that were stored (out)",
      "direction"),
  JOBS_IN_HAND(
      Kind.GAUGE, "doos_jobs_in_hand", "worker", "jobs taken from the queue and not ended"),
  TAKING(
      Kind.GAUGE,
      "doos_worker_taking",
      "worker",
      "1 while this worker takes jobs; 0 while it starts, is paused or stops"),
  OFFICES(
      Kind.GAUGE,
      "doos_offices",
      "worker",
      "offices by state: starting, ready, leased, cleaning, checking, retiring",
      "state"),
  FORMATTERS(
      Kind.GAUGE,
      "doos_formatters",
      "worker",
      "formatters of XSL-FO by state: starting, ready, leased",
      "state"),
  OFFICE_ENDS(
      Kind.COUNTER,
      "doos_office_ends_total",
      "worker",
      "offices that ended and were replaced; cause: itself (crashed or terminated),"
          + " out_of_memory, out_of_cpu_time, out_of_disk, said_too_much, deadline, withdrawn,"
          + " retired",
      "cause"),
  UNO_SESSIONS(
      Kind.GAUGE,
      "doos_uno_sessions",
      "gateway, worker",
      "clients that are connected to this process's UNO door; state: serving (they have an office),"
          + " waiting",
      "state"),
  UNO_FREE_PLACES(
      Kind.GAUGE,
      "doos_uno_free_places",
      "gateway, worker",
      "how many more UNO clients could have an office now; at a gateway, at all workers"),
  UNO_SESSIONS_ENDED(
      Kind.COUNTER,
      "doos_uno_sessions_ended_total",
      "gateway, worker",
      "UNO clients that have left or were sent away; how: client_left, office_ended, idle, too_long,"
          + " busy, stopped, failed",
      "how");

  /** How a metric behaves. */
  public enum Kind {
    /** Only grows, until the process ends. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Counts of durations in seconds, by size. */
    HISTOGRAM
  }

  private final Kind kind;
  private final String exported;
  private final String where;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is
  private final List<String> labels;

  Metric(Kind kind, String exported, String where, String help, String... labels) {
    this.kind = kind;
    this.exported = exported;
    this.where = where;
    this.help = help;
    this.labels = List.of(labels);
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Its name as it is exported; a histogram's with {@code _bucket}, {@code _sum}, {@code _count}.
   */
  public String exported() {
    return exported;
  }

  /** Which process tells it: {@code gateway} or {@code worker}. */
  public String where() {
    return where;
  }

  public String help() {
    return help;
  }

  public List<String> labels() {
    return labels;
  }

  /** The name that the library derives the exported one from. */
  String plainName() {
    return switch (kind) {
      case COUNTER -> exported.replace("_total", "");
      case GAUGE -> exported;
      case HISTOGRAM -> exported.replace("_seconds", "");
    };
  }

  /**
   * All of them as a Markdown table, for people.
   *
   * @return lines that each end in a line feed
   */
  public static String table() {
    var table = new StringBuilder("| metric | kind | told by | labels | what it is |\n");
    table.append("|---|---|---|---|---|\n");
    Arrays.stream(values())
        .forEach(metric ->
            table.append(
                "| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                        metric.exported,
                        metric.kind.name().toLowerCase(java.util.Locale.ROOT),
                        metric.where,
                        String.join(", ", metric.labels),
                        metric.help)));
    return table.toString();
  }
}
