package io.doos.deploy.farm;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what can only be asked for from outside. */
public final class Until {

  private static final long PATIENCE_SECONDS = 90;
  private static final long PAUSE_MS = 20;

  private Until() {}

  /** Asks again and again until {@code condition} holds; fails after a minute and a half. */
  public static void holds(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come about in " + PATIENCE_SECONDS + " s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
    }
  }
}
