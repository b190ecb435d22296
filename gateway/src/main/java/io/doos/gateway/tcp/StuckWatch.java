package io.doos.gateway.tcp;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does something once nothing was written for the time allowed, or up to a fourth longer. Closing
 * it ends the watch.
 */
final class StuckWatch implements AutoCloseable {

  private static final int PERIODS = 4;

  private final AtomicLong written = new AtomicLong();
  private final ScheduledFuture<?> looking;
  private final Runnable whenStuck;

  // Of the clock's thread.
  private long seen;
  private int quietPeriods;

  StuckWatch(ScheduledExecutorService clock, Duration patience, Runnable whenStuck) {
    this.whenStuck = whenStuck;
    var periodMillis = Math.max(1, patience.toMillis() / PERIODS);
    // Not at once: most writing is over before there is anything to see.
    this.looking =
        clock.scheduleAtFixedRate(this::look, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
  }

  /** So many bytes more were taken. */
  void wrote(int bytes) {
    written.addAndGet(bytes);
  }

  private void look() {
    quietPeriods = written.get() == seen ? quietPeriods + 1 : 0;
    seen = written.get();
    if (quietPeriods >= PERIODS) {
      whenStuck.run();
    }
  }

  @Override
  public void close() {
    looking.cancel(false);
  }
}
