package io.doos.common.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  private final AtomicInteger done = new AtomicInteger();

  @Test
  void nobodyWaitsForAnotherAndTheCallerForAll() {
    var begun = new CountDownLatch(2);
    Runnable end =
        () -> {
          begun.countDown();
          if (isOver(begun)) {
            done.incrementAndGet();
          }
        };
    SideBySide.run(end, end);
    assertThat(done).hasValue(2);
  }

  private static boolean isOver(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
