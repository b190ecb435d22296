package io.doos.common.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a handler has to say.
 *
 * @param status the status code
 * @param headers beside those that the server sets itself: type, length, caching
 */
public record HttpAnswer(int status, Map<String, String> headers, HttpBody body) {

  public HttpAnswer {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(status + " is not the status of an answer");
    }
    headers = Map.copyOf(headers);
  }

  /** A JSON object with status 200. */
  public static HttpAnswer ok(ObjectNode body) {
    return json(200, body);
  }

  public static HttpAnswer json(int status, ObjectNode body) {
    return new HttpAnswer(status, Map.of(), new HttpBody.Json(body));
  }

  /** Nothing but the status. */
  public static HttpAnswer empty(int status) {
    return new HttpAnswer(status, Map.of(), new HttpBody.Nothing());
  }

  /** A page, status 200. */
  public static HttpAnswer html(String page) {
    return text("text/html; charset=utf-8", page);
  }

  /** Text as UTF-8, status 200; the media type says so itself. */
  public static HttpAnswer text(String mediaType, String text) {
    return bytes(mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes that nobody changes any more, status 200. */
  public static HttpAnswer bytes(String mediaType, byte[] bytes) {
    return new HttpAnswer(200, Map.of(), new HttpBody.Bytes(mediaType, bytes));
  }

  /**
   * Bytes of a known length, written while they are read, status 200; or the part of them that the
   * client asked for. A header {@code ETag} makes both safe to resume.
   */
  public static HttpAnswer streamed(String mediaType, HttpContent content) {
    return new HttpAnswer(200, Map.of(), new HttpBody.Streamed(mediaType, content));
  }

  /** Server-sent events, for as long as {@code events} runs. */
  public static HttpAnswer events(EventStream events) {
    return new HttpAnswer(200, Map.of(), new HttpBody.Events(events));
  }

  /** Sends the client to see another place with GET. */
  public static HttpAnswer seeOther(String location) {
    return empty(303).with("Location", location);
  }

  /** The same with one header more. */
  public HttpAnswer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpAnswer(status, more, body);
  }
}
