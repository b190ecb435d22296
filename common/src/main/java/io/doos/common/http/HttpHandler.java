package io.doos.common.http;

import java.io.IOException;

/** Answers requests, on a virtual thread each, which it may block. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers.
   *
   * @throws Problem to be told to the client
   * @throws IOException when the client's body broke off: nobody is there to be told
   */
  HttpAnswer answer(HttpRequest request) throws Problem, IOException, InterruptedException;
}
