package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import io.doos.common.job.BadJobException;
import io.doos.common.job.JobJson;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.json.BadJsonException;
import io.doos.common.json.Json;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.JobRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message as it came, not yet understood. */
@SuppressWarnings("ArrayRecordComponent") // bytes that nobody compares
record IncomingJob(
    Pool pool,
    AMQP.BasicProperties properties,
    byte[] body,
    boolean isRedelivered,
    Instant receivedAt) {

  private static final int HIGHEST_PRIORITY = 9;

  Arrival arrival() {
    if (isRedelivered) {
      return Arrival.REDELIVERED;
    }
    return headers().containsKey(Topology.RECOVERED_HEADER) ? Arrival.RECOVERED : Arrival.FRESH;
  }

  Map<String, Object> headers() {
    return properties.getHeaders() == null ? Map.of() : properties.getHeaders();
  }

  /**
   * What it says.
   *
   * @throws BadJobException with the ticket, where that much can be read
   */
  JobRecord understood() throws BadJobException {
    var type = properties.getType();
    if (type != null && !type.isEmpty() && !type.equals(JobJson.TYPE)) {
      throw bad("The job message is of type '" + type + "', expected " + JobJson.TYPE);
    }
    if (body.length > JobMessage.MAX_BYTES) {
      throw bad("The job message has " + body.length + " bytes, more than " + JobMessage.MAX_BYTES);
    }
    var priority = properties.getPriority();
    if (priority != null && priority > HIGHEST_PRIORITY) {
      throw bad("The job message has priority " + priority + ", expected 0 to 9");
    }
    return new JobRecord(
        JobJson.read(body, receivedAt),
        pool,
        priority,
        properties.getReplyTo(),
        properties.getCorrelationId(),
        ownHeaders());
  }

  /** The publisher's text headers; those that start with {@code x-} are ours or the broker's. */
  private Map<String, String> ownHeaders() {
    var own = new HashMap<String, String>();
    headers()
        .forEach((name, value) -> {
          if (value != null && !name.startsWith("x-") && isText(value)) {
            own.put(name, value.toString());
          }
        });
    return own;
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence || value instanceof com.rabbitmq.client.LongString;
  }

  private BadJobException bad(String why) {
    return new BadJobException(why, ticket(), null);
  }

  private @Nullable Ticket ticket() {
    try {
      return Json.fields(body)
          .optionalText("ticket")
          .filter(Ticket::isTicket)
          .map(Ticket::new)
          .orElse(null);
    } catch (BadJsonException e) {
      return null;
    }
  }
}
