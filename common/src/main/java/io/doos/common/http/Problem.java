package io.doos.common.http;

import com.fasterxml.jackson.databind.JsonNode;
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
      Map.ofEntries(
          Map.entry(400, "Bad request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not found"),
          Map.entry(405, "Method not allowed"),
          Map.entry(408, "Request timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Content too large"),
          Map.entry(415, "Unsupported media type"),
          Map.entry(416, "Range not satisfiable"),
          Map.entry(422, "Unprocessable content"),
          Map.entry(429, "Too many requests"),
          Map.entry(500, "Internal error"),
          Map.entry(502, "Bad gateway"),
          Map.entry(503, "Service unavailable"),
          Map.entry(504, "Gateway timeout"));

  private final int status;
  private final String type;
  private final String detail;
  private final transient Map<String, String> headers;
  private final transient ObjectNode members;

  private Problem(
      int status, String type, String detail, Map<String, String> headers, ObjectNode members) {
    super(detail);
    this.status = status;
    this.type = type;
    this.detail = detail;
    this.headers = Map.copyOf(headers);
    this.members = members;
  }

  /**
   * A problem that its status tells enough of.
   *
   * @param detail a sentence for a person
   */
  public static Problem of(int status, String detail) {
    return of(status, NO_TYPE, detail);
  }

  /**
   * A problem that a program can tell from others of its status.
   *
   * @param type a URI such as {@code urn:doos:unknown-ticket}
   */
  public static Problem of(int status, String type, String detail) {
    return new Problem(status, type, detail, Map.of(), Json.object());
  }

  /** The same with a header more, such as {@code Retry-After}. */
  public Problem with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Problem(status, type, detail, more, members);
  }

  /** The same with a member more, for programs to read. */
  public Problem and(String member, JsonNode value) {
    var more = members.deepCopy();
    more.set(member, value);
    return new Problem(status, type, detail, headers, more);
  }

  /** The HTTP status code. */
  public int status() {
    return status;
  }

  /** The URI that names its kind. */
  public String type() {
    return type;
  }

  Map<String, String> headers() {
    return headers;
  }

  ObjectNode toTree() {
    var tree =
        Json.object()
            .put("type", type)
            .put("title", TITLES.getOrDefault(status, "HTTP " + status))
            .put("status", status)
            .put("detail", detail);
    return tree.setAll(members);
  }
}
