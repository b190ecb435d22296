package io.doos.common.life;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what was opened, in reverse, each exactly once; a failure to close one is logged and keeps
 * nobody from closing the rest. Safe to use from any thread.
 */
public final class Closer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Closer.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Remembers {@code resource} to be closed before all that were added earlier; answers it. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /**
   * Starts {@code service} and remembers it; what was added before stays open when the start fails.
   */
  public <T extends Service> T start(T service) throws Exception {
    add(service);
    service.start();
    return service;
  }

  @Override
  public void close() {
    for (var next = poll(); next != null; next = poll()) {
      try {
        next.close();
      } catch (Exception e) {
        log.warn("Closing {} failed", next, e);
      }
    }
  }

  private synchronized @org.jspecify.annotations.Nullable AutoCloseable poll() {
    return open.poll();
  }
}
