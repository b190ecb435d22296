package io.doos.common.life;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a process that serves: from its start until it is told to stop, by SIGTERM, SIGINT or
 * {@link #stop}. The process ends only when its service has closed, and what runs may finish.
 *
 * <p>A second signal leaves no time for that: the service is hurried. A third one, or a service
 * that has not closed 5 s after the second, has all processes below this one killed, and this one
 * ends where it stands.
 */
public final class Lifetime {

  private static final Logger log = LoggerFactory.getLogger(Lifetime.class);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

  /** What a shell makes of a process that a signal ended: 143 for SIGTERM, 130 for SIGINT. */
  private static final int KILLED_BY = 128;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger signals = new AtomicInteger();
  private volatile int exitCode;
  private volatile @Nullable Service service;

  /** Tells it to stop; returns at once. May be called by any thread, any number of times. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Starts {@code service}, says {@code ready}, waits for the word to stop and closes it.
   *
   * @return the process's exit code: 0, or 128 and the number of the signal that cut its end short
   * @throws Exception when it could not be started; it is closed then
   */
  public int run(Service service, Runnable ready) throws Exception {
    this.service = service;
    List.of("TERM", "INT").forEach(name -> Signals.handle(name, this::signalled));
    // for whatever else ends a JVM
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    try (service) {
      service.start();
      ready.run();
      stop.await();
      log.info("Stopping");
    } finally {
      closed.countDown();
      log.info("Stopped");
    }
    return exitCode;
  }

  private void signalled(int number) {
    switch (signals.incrementAndGet()) {
      case 1 -> stop();
      case 2 -> hurry(number);
      default -> end(number);
    }
  }

  private void hurry(int number) {
    log.warn("Told again to stop: stopping at once");
    exitCode = KILLED_BY + number;
    stop();
    Thread.ofPlatform().daemon().name("stop-at-once").start(() -> endUnlessClosed(number));
    var hurried = service;
    if (hurried != null) {
      hurried.hurry();
    }
  }

  private void endUnlessClosed(int number) {
    try {
      if (!closed.await(LAST_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        end(number);
      }
    } catch (InterruptedException e) {
      end(number);
    }
  }

  private static void end(int number) {
    log.warn("Killing what is left");
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(KILLED_BY + number);
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
