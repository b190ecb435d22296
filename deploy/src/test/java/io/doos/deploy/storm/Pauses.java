package io.doos.deploy.storm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Random pauses that end with the storm. */
final class Pauses {

  private final CountDownLatch over = new CountDownLatch(1);

  /** Waits between {@code fromMs} and {@code toMs}; answers whether the storm goes on. */
  boolean between(RandomGenerator random, int fromMs, int toMs) throws InterruptedException {
    return !over.await(random.nextInt(fromMs, toMs + 1), TimeUnit.MILLISECONDS);
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** Ends the storm. */
  void end() {
    over.countDown();
  }
}
