package io.doos.common.queue;

import io.doos.common.job.BadJobException;
import io.doos.common.job.Pool;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.JobRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A delivery on the channel of its {@link JobConsumer}. */
final class RabbitDelivery implements Delivery {

  private enum State {
    OPEN,
    PARKING,
    ENDED
  }

  /** A reason longer than this is cut: headers travel in one frame. */
  private static final int LONGEST_REASON = 1000;

  private final IncomingJob message;
  private final long tag;
  private final JobConsumer consumer;
  private final PostOffice post;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final List<Runnable> whenLost = new ArrayList<>();
  private boolean isMarkedLost;

  RabbitDelivery(IncomingJob message, long tag, JobConsumer consumer, PostOffice post) {
    this.message = message;
    this.tag = tag;
    this.consumer = consumer;
    this.post = post;
  }

  @Override
  public Pool pool() {
    return message.pool();
  }

  @Override
  public JobRecord job() throws BadJobException {
    return message.understood();
  }

  @Override
  public @Nullable String replyTo() {
    return message.properties().getReplyTo();
  }

  @Override
  public @Nullable String correlationId() {
    return message.properties().getCorrelationId();
  }

  @Override
  public Arrival arrival() {
    return message.arrival();
  }

  @Override
  public void ack() {
    if (state.compareAndSet(State.OPEN, State.ENDED)) {
      consumer.end(this, channel -> channel.basicAck(tag, false));
    }
  }

  @Override
  public void requeue() {
    if (state.compareAndSet(State.OPEN, State.ENDED)) {
      consumer.end(this, channel -> channel.basicNack(tag, false, true));
    }
  }

  @Override
  public void park(String reason) throws BrokerFailure, InterruptedException {
    if (isLost() || !state.compareAndSet(State.OPEN, State.PARKING)) {
      return;
    }
    var isParked = false;
    try {
      sendToDead(reason);
      isParked = true;
    } finally {
      state.set(isParked ? State.ENDED : State.OPEN);
    }
    consumer.end(this, channel -> channel.basicAck(tag, false));
  }

  private void sendToDead(String reason) throws BrokerFailure, InterruptedException {
    var headers = new HashMap<>(message.headers());
    headers.put(
        Topology.REASON_HEADER, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    Letter.Fate fate;
    try {
      fate = post.send(dead(headers));
    } catch (IllegalArgumentException e) {
      // with the reason the headers no longer fit into a frame
      fate = post.send(dead(Map.of(Topology.REASON_HEADER, "its headers were too large")));
    }
    if (fate != Letter.Fate.CONFIRMED) {
      throw new BrokerFailure.Refused(
          "The broker did not take a message for " + Topology.DEAD + ": " + fate);
    }
  }

  private Letter dead(Map<String, Object> headers) {
    return new Letter(
        Topology.DEAD,
        Topology.queueOf(pool()),
        true,
        message
            .properties()
            .builder()
            .deliveryMode(Letter.PERSISTENT)
            .expiration(null)
            .userId(null)
            .headers(headers)
            .build(),
        message.body());
  }

  @Override
  public boolean isLost() {
    return consumer.isLost();
  }

  @Override
  public void onLost(Runnable action) {
    synchronized (this) {
      if (!isMarkedLost) {
        whenLost.add(action);
        return;
      }
    }
    action.run();
  }

  /** The channel is gone. */
  void markLost() {
    List<Runnable> actions;
    synchronized (this) {
      if (isMarkedLost) {
        return;
      }
      isMarkedLost = true;
      actions = List.copyOf(whenLost);
    }
    actions.forEach(Runnable::run);
  }
}
