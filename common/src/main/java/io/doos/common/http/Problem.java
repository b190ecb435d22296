package io.doos.common.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.doos.common.json.Json;
import java.util.HashMap;
import java.util.Map;

/**
 * Why a request gets no better answer, as RFC 9457 has it. Most need no type of their own: their
 * status says all that a program needs.
 */
public final class Problem extends Exception {

  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String NO_TYPE = "about:blank";
  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad request",
          401, "Unauthorized",
          403, "Forbidden",
          404, "Not found",
          405, "Method not allowed",
          413, "Content too large",
          429, "Too many requests",
          500, "Internal error",
          503, "Service unavailable");

  private final int status;
  private final String type;
  private final String detail;
  private final Map<String, String> headers;

  private Problem(int status, String type, String detail, Map<String, String> headers) {
    super(detail);
    this.status = status;
    this.type = type;
    this.detail = detail;
    this.headers = Map.copyOf(headers);
  }

  /**
   * A problem that its status tells enough of.
   *
   * @param detail a sentence for a person
   */
  public static Problem of(int status, String detail) {
    return new Problem(status, NO_TYPE, detail, Map.of());
  }

  /**
   * A problem that a program can tell from others of its status.
   *
   * @param type a URI such as {@code urn:doos:unknown-ticket}
   */
  public static Problem of(int status, String type, String detail) {
    return new Problem(status, type, detail, Map.of());
  }

  /** The same, told with a header such as {@code Retry-After}. */
  public Problem with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Problem(status, type, detail, more);
  }

  /** What goes with it, by the headers' names. */
  Map<String, String> headers() {
    return headers;
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }

  /** The URI that names its kind. */
  public String type() {
    return type;
  }

  ObjectNode toTree() {
    return Json.object()
        .put("type", type)
        .put("title", TITLES.getOrDefault(status, "HTTP " + status))
        .put("status", status)
        .put("detail", detail);
  }
}
