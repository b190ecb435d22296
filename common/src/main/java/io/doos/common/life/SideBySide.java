package io.doos.common.life;

import java.util.Arrays;
import java.util.concurrent.Executors;

/** Ends of parts that need not wait for each other, so that they share one grace. */
public final class SideBySide {

  private SideBySide() {}

  /**
   * Does all at once, each on a virtual thread of its own, and returns when the last is done;
   * whatever is interrupted or fails, the others go on.
   */
  public static void run(Runnable... ends) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Arrays.stream(ends).forEach(threads::execute);
    }
  }
}
