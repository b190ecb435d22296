package io.doos.common.queue;

import io.doos.common.job.Pool;
import io.doos.common.ledger.JobRecord;
import java.util.Optional;

/**
 * What an event tells of its job beside the status: headers of the message, for those who sort
 * jobs.
 *
 * @param kind of its work, such as {@code macro}
 */
public record JobFacts(Optional<String> kind, Optional<Pool> pool, Optional<String> tenant) {

  /** Nothing is known: the job's message could not be read, or an older process told of it. */
  public static final JobFacts NONE =
      new JobFacts(Optional.empty(), Optional.empty(), Optional.empty());

  public static JobFacts of(JobRecord job) {
    return new JobFacts(
        Optional.of(job.message().work().kind()),
        Optional.of(job.pool()),
        Optional.ofNullable(job.message().tenant()).filter(tenant -> !tenant.isEmpty()));
  }
}
