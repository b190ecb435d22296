package io.doos.worker.run;

import io.doos.common.queue.Deliveries;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of taking jobs, from one word to take them until the next to stop. Its subscription
 * stays open until its last delivery has ended: closed before, it would lose those. Safe for use by
 * any thread.
 */
final class Shift {

  private Deliveries.@Nullable Subscription subscription;
  private int inHand;
  private boolean isOver;
  private boolean isClosed;

  /** Deliveries come from {@code from}, perhaps already. */
  synchronized void begin(Deliveries.Subscription from) {
    subscription = from;
  }

  synchronized void took() {
    inHand++;
  }

  synchronized void ended() {
    inHand--;
    closeIfOver();
  }

  /** Takes no more. */
  synchronized void end() {
    if (!isOver && subscription != null) {
      subscription.stop();
    }
    isOver = true;
    closeIfOver();
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  /** Takes no more and loses what has not ended. */
  synchronized void close() {
    if (!isClosed && subscription != null) {
      subscription.close();
    }
    isOver = true;
    isClosed = true;
  }

  private void closeIfOver() {
    if (isOver && inHand == 0) {
      close();
    }
  }
}
