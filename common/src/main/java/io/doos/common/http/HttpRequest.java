package io.doos.common.http;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request, as its handler sees it; for the handler's thread, until it has answered. */
public final class HttpRequest {

  private final Request request;
  private final Map<String, String> variables;

  HttpRequest(Request request, Map<String, String> variables) {
    this.request = request;
    this.variables = variables;
  }

  /** What stands in the path for {@code name} of the route's pattern. */
  public String variable(String name) {
    var value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /** The first parameter of this name behind the question mark, decoded. */
  public Optional<String> query(String name) throws Problem {
    var query = Optional.ofNullable(request.getHttpURI().getQuery()).orElse("");
    try {
      for (var pair : query.split("&", -1)) {
        var equals = pair.indexOf('=');
        var key = equals < 0 ? pair : pair.substring(0, equals);
        if (decoded(key).equals(name)) {
          return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "The query cannot be read: " + e.getMessage());
    }
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The body as it comes in; a client that is too slow ends it with an IOException. */
  public InputStream body() {
    return Content.Source.asInputStream(request);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
