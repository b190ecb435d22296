package io.doos.gateway.tcp;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts clients, one after the other, on a thread of its own until it is closed. A client that
 * cannot be accepted costs a pause and nobody else.
 */
final class Acceptor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Acceptor.class);

  private static final int BACKLOG = 1024;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration LAST_GRACE = Duration.ofSeconds(5);

  private final Listener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /**
   * @throws IOException when no socket can be had
   */
  Acceptor() throws IOException {
    this.listener = new Listener();
  }

  /**
   * Listens, and accepts from now on.
   *
   * @param place where; messages name it
   * @param name of the door, for messages
   * @param welcome is given each client; it waits for nothing
   */
  void start(Entrances.Place place, String name, Consumer<DeadlineSocket> welcome)
      throws IOException {
    try {
      listener.setReuseAddress(true);
      listener.bind(place.address(), BACKLOG);
    } catch (IOException e) {
      throw new IOException(
          "The %s cannot listen at %s (%s): %s"
              .formatted(name, place.address(), place.settings(), e.getMessage()),
          e);
    }
    thread = Thread.ofPlatform().daemon().name(name + ", accepting").start(() -> accept(welcome));
    log.info("The {} is open at {}", name, listener.getLocalSocketAddress());
  }

  /** Whether it was started and accepts no more: it was closed, or is broken. */
  boolean hasEnded() {
    var started = thread;
    return started != null && (!started.isAlive() || listener.isClosed());
  }

  /** Whether it was closed; who was accepted before may still be on the way. */
  boolean isClosed() {
    return stopped.getCount() == 0;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept(Consumer<DeadlineSocket> welcome) {
    while (!listener.isClosed()) {
      try {
        welcome.accept(listener.accept());
      } catch (IOException e) {
        pauseAfter(e);
      }
    }
  }

  // Out of descriptors, say: the clients that leave will give some back.
  private void pauseAfter(IOException failure) {
    if (listener.isClosed()) {
      return;
    }
    log.warn("A connection could not be accepted", failure);
    try {
      if (stopped.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.debug("Stopped while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Returns when nobody can connect any more: until its thread has left, the kernel lets clients.
   */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      log.warn("{} could not be closed", listener, e);
    }
    var started = thread;
    if (started != null) {
      try {
        started.join(LAST_GRACE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    stopped.countDown(); // whoever is cut off from here on finds the door closed
  }
}
