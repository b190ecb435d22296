package io.doos.deploy.fault;

import io.doos.common.job.BadJobException;
import io.doos.common.job.Pool;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.Broker;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Control;
import io.doos.common.queue.DeadLetters;
import io.doos.common.queue.Deliveries;
import io.doos.common.queue.Delivery;
import io.doos.common.queue.Events;
import io.doos.common.queue.JobFacts;
import io.doos.common.queue.JobPublisher;
import io.doos.common.queue.Queues;
import io.doos.common.queue.Workers;
import io.doos.common.status.Status;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker whose caller dies at a fail point: {@code publish}, {@code event}, {@code reply}, {@code
 * ack}.
 */
record HaltingBroker(Broker broker, FailPoint point) implements Broker {

  @Override
  public JobPublisher jobs() {
    return job ->
        point.<Boolean, BrokerFailure, InterruptedException>pass(
            "publish",
            () -> {
              broker.jobs().publish(job);
              return true;
            });
  }

  @Override
  public Deliveries deliveries() {
    return (pool, limit, longest, taker) ->
        broker
            .deliveries()
            .take(
                pool,
                limit,
                longest,
                delivery -> taker.accept(new HaltingDelivery(delivery, point)));
  }

  @Override
  public Events events() {
    return new HaltingEvents(broker.events(), point);
  }

  @Override
  public Control control() {
    return broker.control();
  }

  @Override
  public Queues queues() {
    return broker.queues();
  }

  @Override
  public Workers workers() {
    return broker.workers();
  }

  @Override
  public DeadLetters deadLetters() {
    return broker.deadLetters();
  }

  private record HaltingEvents(Events events, FailPoint point) implements Events {

    @Override
    public void publish(Status status, JobFacts facts) {
      point.<Boolean, RuntimeException, RuntimeException>pass(
          "event",
          () -> {
            events.publish(status, facts);
            return true;
          });
    }

    @Override
    public void reply(String replyTo, @Nullable String correlationId, Status status)
        throws BrokerFailure, InterruptedException {
      point.<Boolean, BrokerFailure, InterruptedException>pass(
          "reply",
          () -> {
            events.reply(replyTo, correlationId, status);
            return true;
          });
    }

    @Override
    public AutoCloseable subscribe(BiConsumer<Status, JobFacts> listener) throws BrokerFailure {
      return events.subscribe(listener);
    }
  }

  private record HaltingDelivery(Delivery delivery, FailPoint point) implements Delivery {

    @Override
    public Pool pool() {
      return delivery.pool();
    }

    @Override
    public JobRecord job() throws BadJobException {
      return delivery.job();
    }

    @Override
    public @Nullable String replyTo() {
      return delivery.replyTo();
    }

    @Override
    public @Nullable String correlationId() {
      return delivery.correlationId();
    }

    @Override
    public Arrival arrival() {
      return delivery.arrival();
    }

    @Override
    public void ack() {
      point.<Boolean, RuntimeException, RuntimeException>pass(
          "ack",
          () -> {
            delivery.ack();
            return true;
          });
    }

    @Override
    public void requeue() {
      delivery.requeue();
    }

    @Override
    public void park(String reason) throws BrokerFailure, InterruptedException {
      delivery.park(reason);
    }

    @Override
    public boolean isLost() {
      return delivery.isLost();
    }

    @Override
    public void onLost(Runnable action) {
      delivery.onLost(action);
    }
  }
}
