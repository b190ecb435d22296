package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import io.doos.common.json.BadJsonException;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** News of jobs over the topic exchange {@link Topology#EVENTS}; the body is the status record. */
final class RabbitEvents implements Events {

  private static final Logger log = LoggerFactory.getLogger(RabbitEvents.class);
  private static final String ALL_JOBS = "job.#";

  private final PostOffice post;
  private final Bulletin bulletin;

  RabbitEvents(PostOffice post, Bulletin bulletin) {
    this.post = post;
    this.bulletin = bulletin;
  }

  @Override
  public void publish(Status status) {
    post.drop(
        new Letter(
            Topology.EVENTS,
            Topology.eventKey(status.state()),
            false,
            properties(Letter.TRANSIENT, null),
            StatusJson.write(status)));
  }

  /** A queue that is gone by now counts as told: nobody waits there any more. */
  @Override
  public void reply(String replyTo, @Nullable String correlationId, Status status)
      throws BrokerFailure, InterruptedException {
    var fate =
        post.send(
            new Letter(
                "",
                replyTo,
                false,
                properties(Letter.PERSISTENT, correlationId),
                StatusJson.write(status)));
    if (fate == Letter.Fate.NACKED) {
      throw new BrokerFailure.Refused("The broker refused the reply to queue '" + replyTo + "'");
    }
  }

  @Override
  public AutoCloseable subscribe(Consumer<Status> listener) {
    return bulletin.read(Topology.EVENTS, ALL_JOBS, body -> read(body, listener));
  }

  private static void read(byte[] body, Consumer<Status> listener) {
    try {
      listener.accept(StatusJson.read(body));
    } catch (BadJsonException | IllegalArgumentException e) {
      log.warn("An event on {} is not a status record", Topology.EVENTS, e);
    }
  }

  private static AMQP.BasicProperties properties(int mode, @Nullable String correlationId) {
    return new AMQP.BasicProperties.Builder()
        .contentType(Letter.JSON)
        .deliveryMode(mode)
        .correlationId(correlationId)
        .build();
  }
}
