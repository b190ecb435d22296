package io.doos.common.life;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a process that serves: from its start until it is told to stop, by SIGTERM, SIGINT or
 * {@link #stop}. The process ends only when its service has closed.
 */
public final class Lifetime {

  private static final Logger log = LoggerFactory.getLogger(Lifetime.class);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Tells it to stop; returns at once. May be called by any thread, any number of times. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Starts {@code service}, says {@code ready}, waits for the word to stop and closes it.
   *
   * @throws Exception when it could not be started; it is closed then
   */
  public void run(Service service, Runnable ready) throws Exception {
    var hook = new Thread(this::stopAndWait, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try (service) {
      service.start();
      ready.run();
      stop.await();
      log.info("Stopping");
    } finally {
      closed.countDown();
      log.info("Stopped");
    }
  }

  private void stopAndWait() {
    stop();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
