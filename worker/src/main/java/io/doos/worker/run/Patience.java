package io.doos.worker.run;

import io.doos.common.store.StoreFailure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what the store could not do now, with growing pauses of 0.1 s to 5 s, for as long as the
 * attempt is ours: an outage of the store holds jobs up and fails none.
 */
final class Patience {

  private static final Logger log = LoggerFactory.getLogger(Patience.class);
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Patience() {}

  /** Something that may have to be repeated; it must bear that. */
  interface Try<T, E extends Exception> {
    /**
     * Tries it.
     *
     * @param number 0 for the first time
     */
    T run(int number) throws StoreFailure, E;
  }

  /**
   * Answers what {@code what} answers once it succeeds.
   *
   * @throws StoppedException when the attempt is stopped first
   * @throws E at once when {@code what} throws it
   */
  static <T, E extends Exception> T hold(RunningJob job, Try<T, E> what)
      throws E, StoppedException, InterruptedException {
    var pause = FIRST;
    for (int number = 0; ; number++) {
      job.check();
      try {
        return what.run(number);
      } catch (StoreFailure e) {
        log.warn("The store failed, trying again in {} ms: {}", pause.toMillis(), e.getMessage());
      }
      job.pause(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
  }
}
