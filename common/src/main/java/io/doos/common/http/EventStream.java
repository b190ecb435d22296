package io.doos.common.http;

import java.io.IOException;

/** Sends events to one client until it has no more to say. */
@FunctionalInterface
public interface EventStream {

  /**
   * Runs on the request's own thread.
   *
   * @throws IOException when the client is gone, as {@code sink} tells it
   */
  void run(EventSink sink) throws IOException, InterruptedException;
}
