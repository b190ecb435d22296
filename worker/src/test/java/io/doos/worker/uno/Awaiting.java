package io.doos.worker.uno;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come, generously. */
final class Awaiting {

  private static final Duration MOST = Duration.ofMinutes(1);

  private Awaiting() {}

  static void that(BooleanSupplier condition) {
    var deadline = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it does not come true within " + MOST);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
