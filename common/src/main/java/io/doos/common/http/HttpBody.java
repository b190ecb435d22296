package io.doos.common.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What comes after an answer's headers. */
public sealed interface HttpBody {

  /** A JSON object. */
  record Json(ObjectNode tree) implements HttpBody {}

  /** No body. */
  record Nothing() implements HttpBody {}

  /** A few bytes. The array is not copied: nobody changes it. */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Bytes(String mediaType, byte[] bytes) implements HttpBody {}

  /** Bytes that need not fit into memory. The server closes {@code content}. */
  record Streamed(String mediaType, HttpContent content) implements HttpBody {}

  /** Server-sent events. */
  record Events(EventStream events) implements HttpBody {}
}
