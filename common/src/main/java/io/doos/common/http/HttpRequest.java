package io.doos.common.http;

import java.util.Map;

/** A request, as its handler sees it; for the handler's thread, until it has answered. */
public final class HttpRequest {

  private final Map<String, String> variables;

  HttpRequest(Map<String, String> variables) {
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
}
