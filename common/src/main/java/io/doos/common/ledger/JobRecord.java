package io.doos.common.ledger;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job with all that its publisher said around the message: what {@code input/<ticket>/job.json}
 * keeps, and what runs.
 *
 * @param priority 0 to 9, or null where the publisher gave none
 * @param replyTo the queue that wants the final status
 * @param headers the message's own text headers, such as {@code traceparent}
 */
public record JobRecord(
    JobMessage message,
    Pool pool,
    @Nullable Integer priority,
    @Nullable String replyTo,
    @Nullable String correlationId,
    Map<String, String> headers) {

  public JobRecord {
    headers = Map.copyOf(headers);
    if (priority != null && (priority < 0 || priority > 9)) {
      throw new IllegalArgumentException("priority " + priority + " is not 0 to 9");
    }
  }

  public Ticket ticket() {
    return message.ticket();
  }
}
