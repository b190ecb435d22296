package io.doos.common.http;

/** Answers requests, on a virtual thread each, which it may block. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers.
   *
   * @throws Problem to be told to the client
   */
  HttpAnswer answer(HttpRequest request) throws Problem, InterruptedException;
}
