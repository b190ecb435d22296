package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import io.doos.common.job.Ticket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hints over the fanout exchange {@link Topology#CONTROL}; the body is the ticket in ASCII. */
final class RabbitControl implements Control {

  private static final String TYPE = "doos.withdrawn.v1";

  private final PostOffice post;
  private final Bulletin bulletin;

  RabbitControl(PostOffice post, Bulletin bulletin) {
    this.post = post;
    this.bulletin = bulletin;
  }

  @Override
  public void publishWithdrawn(Ticket ticket) {
    post.drop(
        new Letter(
            Topology.CONTROL,
            "",
            false,
            new AMQP.BasicProperties.Builder()
                .contentType("text/plain")
                .type(TYPE)
                .deliveryMode(Letter.TRANSIENT)
                .build(),
            ticket.value().getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public AutoCloseable subscribe(Consumer<Ticket> listener) {
    return bulletin.read(
        Topology.CONTROL,
        "",
        body -> {
          var text = new String(body, StandardCharsets.US_ASCII);
          if (Ticket.isTicket(text)) {
            listener.accept(new Ticket(text));
          }
        });
  }
}
