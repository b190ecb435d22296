package io.doos.common.queue;

import io.doos.common.queue.Letter.Fate;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends letters over the publishing link, for all who have any. Safe for use by any number of
 * threads; their confirms overlap.
 */
final class PostOffice implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PostOffice.class);

  /** News waiting to be written beyond this are dropped: the store has the truth. */
  private static final int LONGEST_BACKLOG = 4096;

  private final BrokerLink link;
  private final LinkConfig config;
  private final Present<Outbox> outboxes = new Present<>();
  private @Nullable LiveChannel channel;

  PostOffice(BrokerLink link, LinkConfig config) {
    this.link = link;
    this.config = config;
  }

  /** Opens as soon as the link stands, and again after every loss. */
  synchronized void open() {
    channel =
        LiveChannel.open(
            "outbox",
            link,
            config,
            fresh -> {
              var outbox = Outbox.open(fresh);
              outboxes.come(outbox);
              return _ -> {
                outboxes.gone(outbox);
                outbox.lost();
              };
            });
  }

  /**
   * Sends a letter and waits for its fate, which is never {@link Fate#LOST}.
   *
   * @throws BrokerFailure.Unavailable when the broker is out of reach, blocked, or silent for the
   *     confirm time-out
   * @throws IllegalArgumentException when the wire cannot carry the letter's properties
   */
  Fate send(Letter letter) throws BrokerFailure, InterruptedException {
    var deadline = System.nanoTime() + config.confirmTimeout().toNanos();
    var report = link.report();
    if (report.phase() != LinkPhase.CONNECTED) {
      throw new BrokerFailure.Unavailable("The broker is not available: " + report.reason(), null);
    }
    try {
      var outbox = outboxes.incarnation().get(left(deadline), TimeUnit.NANOSECONDS);
      var fate = outbox.send(letter);
      try {
        var known = fate.get(left(deadline), TimeUnit.NANOSECONDS);
        if (known == Fate.LOST) {
          throw new BrokerFailure.Unavailable(
              "The link to the broker was lost before it confirmed", null);
        }
        return known;
      } finally {
        fate.cancel(false);
      }
    } catch (TimeoutException | CancellationException e) {
      throw new BrokerFailure.Unavailable(
          "The broker did not confirm within " + config.confirmTimeout().toSeconds() + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException unfit) {
        throw unfit;
      }
      throw new BrokerFailure.Unavailable("The message could not be sent", e.getCause());
    }
  }

  /** Sends a letter that may be lost; never waits. */
  void drop(Letter letter) {
    var outbox = outboxes.now();
    if (outbox == null || outbox.backlog() > LONGEST_BACKLOG) {
      log.debug("No way to send to {} now: dropped", letter.exchange());
      return;
    }
    var _ = outbox.send(letter);
  }

  @Override
  public synchronized void close() {
    if (channel != null) {
      channel.close();
    }
  }

  private static long left(long deadline) {
    return Math.max(1, deadline - System.nanoTime());
  }
}
