package io.doos.gateway.watch;

import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.JobFacts;
import io.doos.common.status.State;
import java.time.Instant;
import java.util.Optional;

/**
 * A job that this gateway took and of whose end nothing was heard yet.
 *
 * @param worker whose office has it, as that worker tells; without one, it waits
 */
public record OpenJob(
    Ticket ticket,
    Optional<String> kind,
    Optional<Pool> pool,
    Optional<String> tenant,
    Optional<String> worker,
    Instant enteredAt)
    implements HeardJob {

  static OpenJob of(JobRecord job) {
    var facts = JobFacts.of(job);
    return new OpenJob(
        job.ticket(),
        facts.kind(),
        facts.pool(),
        facts.tenant(),
        Optional.empty(),
        job.message().submittedAt());
  }

  OpenJob on(Optional<String> worker) {
    return new OpenJob(ticket, kind, pool, tenant, worker, enteredAt);
  }

  @Override
  public State state() {
    return worker.isPresent() ? State.RUNNING : State.ENQUEUED;
  }

  @Override
  public String error() {
    return "";
  }

  @Override
  public Instant at() {
    return enteredAt;
  }
}
