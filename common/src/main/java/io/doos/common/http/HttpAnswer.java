package io.doos.common.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a handler has to say. */
public sealed interface HttpAnswer {

  /** The status code. */
  int status();

  /** A JSON object. */
  record Json(int status, ObjectNode body) implements HttpAnswer {}

  /** Nothing but the status. */
  record Empty(int status) implements HttpAnswer {}

  static HttpAnswer ok(ObjectNode body) {
    return new Json(200, body);
  }
}
