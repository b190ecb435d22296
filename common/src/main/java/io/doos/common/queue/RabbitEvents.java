package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import io.doos.common.job.Pool;
import io.doos.common.json.BadJsonException;
import io.doos.common.status.Status;
import io.doos.common.status.StatusJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** News of jobs over the topic exchange {@link Topology#EVENTS}; the body is the status record. */
final class RabbitEvents implements Events {

  private static final Logger log = LoggerFactory.getLogger(RabbitEvents.class);
  private static final String ALL_JOBS = "job.#";
  private static final String KIND_HEADER = "x-doos-kind";
  private static final String POOL_HEADER = "x-doos-pool";
  private static final String TENANT_HEADER = "x-doos-tenant";

  private final PostOffice post;
  private final Bulletin bulletin;

  RabbitEvents(PostOffice post, Bulletin bulletin) {
    this.post = post;
    this.bulletin = bulletin;
  }

  @Override
  public void publish(Status status, JobFacts facts) {
    post.drop(
        new Letter(
            Topology.EVENTS,
            Topology.eventKey(status.state()),
            false,
            properties(Letter.TRANSIENT, null).builder().headers(headers(facts)).build(),
            StatusJson.write(status)));
  }

  private static Map<String, Object> headers(JobFacts facts) {
    var headers = new HashMap<String, Object>();
    facts.kind().ifPresent(kind -> headers.put(KIND_HEADER, kind));
    facts.pool().ifPresent(pool -> headers.put(POOL_HEADER, pool.name()));
    facts.tenant().ifPresent(tenant -> headers.put(TENANT_HEADER, tenant));
    return headers;
  }

  private static JobFacts facts(AMQP.BasicProperties properties) {
    Map<String, Object> headers =
        properties.getHeaders() == null ? Map.of() : properties.getHeaders();
    return new JobFacts(
        text(headers, KIND_HEADER),
        text(headers, POOL_HEADER).map(Pool::new),
        text(headers, TENANT_HEADER));
  }

  private static Optional<String> text(Map<String, Object> headers, String name) {
    return Optional.ofNullable(headers.get(name)).map(Object::toString);
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
  public AutoCloseable subscribe(BiConsumer<Status, JobFacts> listener) {
    return bulletin.read(
        Topology.EVENTS, ALL_JOBS, (properties, body) -> read(properties, body, listener));
  }

  private static void read(
      AMQP.BasicProperties properties, byte[] body, BiConsumer<Status, JobFacts> listener) {
    try {
      listener.accept(StatusJson.read(body), facts(properties));
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
