package io.doos.gateway.uno;

import java.time.Duration;
import java.util.List;

/** The workers that have a UNO door, as far as they were heard of. Safe from any thread. */
public interface UnoWorkers {

  /** Those that are there and take clients. */
  List<UnoWorker> present();

  /**
   * Waits until a worker tells of itself.
   *
   * @return false when none did in that time
   */
  boolean awaitNews(Duration atMost) throws InterruptedException;
}
