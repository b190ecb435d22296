package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.doos.common.queue.Letter.Fate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The letters sent over one channel with publisher confirms, and what becomes of each. One virtual
 * thread writes, in the order of {@link #send}, so that confirms of many senders overlap and that
 * an interrupted or impatient sender never breaks the connection; the broker link's thread reports
 * fates.
 */
final class Outbox {

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private record Pending(Letter letter, CompletableFuture<Fate> fate) {
    /** Nothing to write. */
    private static final Pending NONE =
        new Pending(
            new Letter("", "", false, new AMQP.BasicProperties(), new byte[0]),
            CompletableFuture.completedFuture(Fate.LOST));
  }

  /**
   * How long a refused letter waits for its return: Qpid Broker-J refuses a letter that no queue
   * takes before it returns it, where RabbitMQ returns it and then confirms.
   */
  private static final long RETURN_GRACE_MS = 200;

  private final Channel channel;
  private final String idPrefix = UUID.randomUUID() + "-";
  private final LinkedBlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
  private final ConcurrentSkipListMap<Long, CompletableFuture<Fate>> unconfirmed =
      new ConcurrentSkipListMap<>();

  /** By message id, because that is all that a return names. */
  private final Map<String, CompletableFuture<Fate>> returnable = new ConcurrentHashMap<>();

  private final Thread writer;
  private volatile boolean isLost;

  private Outbox(Channel channel, Thread.Builder writer) {
    this.channel = channel;
    this.writer = writer.unstarted(this::write);
  }

  /** Turns confirms on and begins to write. */
  static Outbox open(Channel channel) throws IOException {
    var outbox = new Outbox(channel, Thread.ofVirtual().name("broker-outbox"));
    channel.confirmSelect();
    channel.addReturnListener(returned -> outbox.returned(returned.getProperties().getMessageId()));
    channel.addConfirmListener(outbox::confirmed, outbox::refused);
    outbox.writer.start();
    return outbox;
  }

  /**
   * Sends a letter and answers its fate to come. A letter whose future is cancelled before it was
   * written is never written.
   */
  CompletableFuture<Fate> send(Letter letter) {
    var fate = new CompletableFuture<Fate>();
    waiting.add(new Pending(letter, fate));
    if (isLost) {
      fate.complete(Fate.LOST);
    }
    return fate;
  }

  /** How many letters wait to be written. */
  int backlog() {
    return waiting.size();
  }

  /** The channel is gone, and with it whatever was not confirmed. */
  void lost() {
    isLost = true;
    unconfirmed.values().forEach(fate -> fate.complete(Fate.LOST));
    waiting.forEach(pending -> pending.fate().complete(Fate.LOST));
    // wakes the writer; an interrupt in the middle of a write would break the whole connection
    waiting.add(Pending.NONE);
  }

  private void write() {
    try {
      while (!isLost) {
        write(waiting.take());
      }
    } catch (InterruptedException e) {
      log.debug("The channel of this outbox is gone");
    }
  }

  private void write(Pending pending) {
    var fate = pending.fate();
    if (fate.isDone()) {
      return;
    }
    var letter = pending.letter();
    var sequence = channel.getNextPublishSeqNo();
    var id = idPrefix + sequence;
    unconfirmed.put(sequence, fate);
    if (letter.mandatory()) {
      returnable.put(id, fate);
      var _ = fate.whenComplete((_, _) -> returnable.remove(id));
    }
    try {
      channel.basicPublish(
          letter.exchange(),
          letter.routingKey(),
          letter.mandatory(),
          letter.properties().builder().messageId(id).build(),
          letter.body());
    } catch (IOException | ShutdownSignalException e) {
      log.debug("A letter could not be written", e);
      fate.complete(Fate.LOST);
    } catch (RuntimeException e) {
      // the client refuses properties that the wire cannot carry, after it counted the letter
      fate.completeExceptionally(e);
      abandon();
    }
  }

  /** The client's count of letters and the broker's differ now: only a new channel mends that. */
  private void abandon() {
    Thread.ofVirtual()
        .start(() -> {
          try {
            channel.abort();
          } catch (IOException e) {
            log.debug("The channel was gone already", e);
          }
        });
  }

  private void returned(@Nullable String messageId) {
    var fate = messageId == null ? null : returnable.get(messageId);
    if (fate != null) {
      fate.complete(Fate.RETURNED);
    }
  }

  private void confirmed(long sequence, boolean multiple) {
    confirmedBy(sequence, multiple).forEach(fate -> fate.complete(Fate.CONFIRMED));
  }

  private void refused(long sequence, boolean multiple) {
    confirmedBy(sequence, multiple)
        .forEach(
            fate -> fate.completeOnTimeout(Fate.NACKED, RETURN_GRACE_MS, TimeUnit.MILLISECONDS));
  }

  private List<CompletableFuture<Fate>> confirmedBy(long sequence, boolean multiple) {
    if (!multiple) {
      var fate = unconfirmed.remove(sequence);
      return fate == null ? List.of() : List.of(fate);
    }
    var upTo = unconfirmed.headMap(sequence, true);
    var fates = List.copyOf(upTo.values());
    upTo.clear();
    return fates;
  }
}
