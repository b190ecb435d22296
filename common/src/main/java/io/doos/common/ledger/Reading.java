package io.doos.common.ledger;

import io.doos.common.job.Ticket;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a job is doing, for those who ask: the final status wins, else the newest claim says that it
 * runs, else its record says that it waits.
 *
 * <p>Clients ask again and again, so what was read of an open job is remembered for a minute, and
 * the next answer costs two reads in place of four; and so does the first of whoever just recorded
 * the job. Only what never changes once it is written is remembered, a job's record and a claim;
 * whether the job has ended, and whether there is a newer claim, is read each time. Safe for use by
 * any number of threads; the memory takes some 3 MiB.
 */
final class Reading {

  private static final int MOST_REMEMBERED = 10_000;

  /** Far less than a tombstone lives, without which a deleted job would seem open here. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Records records;
  private final InstantSource clock;
  private final int maxAttempts;
  private final Map<Ticket, Open> remembered = new LinkedHashMap<>();

  /** An open job, as far as it was known at {@code since}. */
  private record Open(Seen job, Instant since) {}

  /**
   * @param maxAttempts of jobs that do not say
   */
  Reading(Records records, InstantSource clock, int maxAttempts) {
    this.records = records;
    this.clock = clock;
    this.maxAttempts = maxAttempts;
  }

  /** How a job is doing; empty when there is no such job, or no more. */
  Optional<Seen> read(Ticket ticket) throws StoreFailure {
    var earlier = recall(ticket);
    var found =
        earlier == null
            ? records.find(ticket)
            : records.verdict(ticket).<Records.Known>map(Records.Decided::new);
    if (found.isEmpty()) {
      return earlier == null ? Optional.empty() : Optional.of(newer(earlier));
    }
    return switch (found.get()) {
      case Records.Open(var job) ->
          Optional.of(remember(new Seen(open(job), job.message().tenant()), clock.instant()));
      case Records.Decided(Verdict.Final end) ->
          Optional.of(new Seen(end.status(), tenant(end.job())));
      case Records.Decided(Verdict.Tombstone _) -> Optional.empty();
    };
  }

  /** The status of a job that has not ended, read anew. */
  Status open(JobRecord job) throws StoreFailure {
    var ticket = job.ticket();
    int newest = records.newestClaim(ticket);
    var claim = newest == 0 ? Optional.<Claim>empty() : records.claim(ticket, newest);
    return claim.isEmpty() ? enqueued(job) : running(enqueued(job), newest, claim.get());
  }

  /** A job that was recorded just now: its clients will ask. */
  void remember(JobRecord job) {
    var _ = remember(new Seen(enqueued(job), tenant(job)), clock.instant());
  }

  /** How many offices a job may take down. */
  int maxAttempts(JobRecord job) {
    var asked = job.message().limits().maxAttempts();
    return asked != null ? asked : maxAttempts;
  }

  private static @Nullable String tenant(@Nullable JobRecord job) {
    return job == null ? null : job.message().tenant();
  }

  private Seen newer(Open earlier) throws StoreFailure {
    var status = earlier.job().status();
    while (true) {
      int next = status.run().attempt() + 1;
      var claim = records.claim(status.ticket(), next);
      if (claim.isEmpty()) {
        return remember(new Seen(status, earlier.job().tenant()), earlier.since());
      }
      status = running(status, next, claim.get());
    }
  }

  private Status enqueued(JobRecord job) {
    var attempts = new Status.Run(0, maxAttempts(job), null, null);
    var entered = new Status.Times(job.message().submittedAt(), null, null);
    return new Status(job.ticket(), State.ENQUEUED, attempts, entered, null, null, null, null);
  }

  private static Status running(Status before, int attempt, Claim claim) {
    return new Status(
        before.ticket(),
        State.RUNNING,
        new Status.Run(attempt, before.run().maxAttempts(), claim.worker(), null),
        new Status.Times(before.times().enteredAt(), claim.at(), null),
        null,
        null,
        null,
        null);
  }

  private synchronized @Nullable Open recall(Ticket ticket) {
    var open = remembered.get(ticket);
    return open != null && clock.instant().isBefore(open.since().plus(REMEMBERED)) ? open : null;
  }

  private synchronized Seen remember(Seen job, Instant since) {
    remembered.remove(job.status().ticket()); // so that the oldest come first
    remembered.put(job.status().ticket(), new Open(job, since));
    if (remembered.size() > MOST_REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
    return job;
  }
}
