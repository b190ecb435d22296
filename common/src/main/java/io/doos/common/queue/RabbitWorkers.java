package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerNewsJson;
import io.doos.common.crew.WorkerOrder;
import io.doos.common.crew.WorkerOrderJson;
import io.doos.common.json.BadJsonException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * News of workers over the topic exchange {@link Topology#EVENTS}, orders over the fanout exchange
 * {@link Topology#CONTROL}, where hints go too: what is no order is not for us.
 */
final class RabbitWorkers implements Workers {

  private static final Logger log = LoggerFactory.getLogger(RabbitWorkers.class);
  private static final String ALL_WORKERS = "worker.#";
  private static final byte FIRST_OF_JSON = '{';

  private final PostOffice post;
  private final Bulletin bulletin;

  RabbitWorkers(PostOffice post, Bulletin bulletin) {
    this.post = post;
    this.bulletin = bulletin;
  }

  @Override
  public void tell(WorkerNews news) {
    post.drop(
        new Letter(
            Topology.EVENTS,
            Topology.eventKey(news.state()),
            false,
            properties(WorkerNewsJson.TYPE),
            WorkerNewsJson.write(news)));
  }

  @Override
  public AutoCloseable hear(Consumer<WorkerNews> listener) {
    return bulletin.read(
        Topology.EVENTS,
        ALL_WORKERS,
        body -> {
          try {
            listener.accept(WorkerNewsJson.read(body));
          } catch (BadJsonException e) {
            log.warn("A message on {} is no news of a worker", Topology.EVENTS, e);
          }
        });
  }

  @Override
  public void order(WorkerOrder order) throws BrokerFailure, InterruptedException {
    var fate =
        post.send(
            new Letter(
                Topology.CONTROL,
                "",
                false,
                properties(WorkerOrderJson.TYPE),
                WorkerOrderJson.write(order)));
    if (fate == Letter.Fate.NACKED) {
      throw new BrokerFailure.Refused("The broker refused the order");
    }
  }

  @Override
  public AutoCloseable obey(Consumer<WorkerOrder> listener) {
    return bulletin.read(
        Topology.CONTROL,
        "",
        body -> {
          if (body.length == 0 || body[0] != FIRST_OF_JSON) {
            return;
          }
          try {
            listener.accept(WorkerOrderJson.read(body));
          } catch (BadJsonException e) {
            log.warn("A message on {} is no order", Topology.CONTROL, e);
          }
        });
  }

  private static AMQP.BasicProperties properties(String type) {
    return new AMQP.BasicProperties.Builder()
        .contentType(Letter.JSON)
        .type(type)
        .deliveryMode(Letter.TRANSIENT)
        .build();
  }
}
