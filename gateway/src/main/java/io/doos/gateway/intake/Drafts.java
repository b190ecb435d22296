package io.doos.gateway.intake;

import io.doos.common.job.Bundle;
import io.doos.common.job.JobJson;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the record of a job, its message in it.
 *
 * @param patience how long a job may wait to be run before it expires
 */
record Drafts(Duration patience, InstantSource clock) {

  // Room for what comes around the message in its record and for text that JSON must escape.
  private static final int MESSAGE_BYTES = JobMessage.MAX_BYTES - 16 * 1024;
  private static final Ticket LONGEST = new Ticket("9".repeat(64));

  /** Of a submission. */
  JobRecord record(Ticket ticket, Submission submission, Inputs inputs) {
    return new JobRecord(
        message(ticket, submission, inputs),
        submission.pool(),
        submission.priority(),
        null,
        null,
        submission.extras().headers());
  }

  /** Whether the message of such a job is small enough to be sent, whatever its ticket. */
  boolean fits(Submission submission, Inputs inputs) {
    return JobJson.write(message(LONGEST, submission, inputs)).length <= MESSAGE_BYTES;
  }

  /** Of a job that is to be done once more, but for its ticket, its bundle and its times. */
  JobRecord again(
      JobRecord job, Ticket ticket, @Nullable Bundle bundle, Map<String, String> headers) {
    var message = job.message();
    var limits = message.limits();
    var now = clock.instant();
    return new JobRecord(
        new JobMessage(
            ticket,
            message.work(),
            message.files(),
            bundle,
            now,
            new JobMessage.Limits(now.plus(patience), limits.timeout(), limits.maxAttempts()),
            message.tenant()),
        job.pool(),
        job.priority(),
        null,
        null,
        headers);
  }

  private JobMessage message(Ticket ticket, Submission submission, Inputs inputs) {
    var now = clock.instant();
    return new JobMessage(
        ticket,
        submission.work(),
        inputs.files(),
        inputs.bundle(),
        now,
        new JobMessage.Limits(
            earlier(submission.extras().notAfter(), now.plus(patience)),
            submission.timeout(),
            submission.extras().maxAttempts()),
        submission.tenant());
  }

  private static Instant earlier(@Nullable Instant wanted, Instant latest) {
    return wanted != null && wanted.isBefore(latest) ? wanted : latest;
  }
}
