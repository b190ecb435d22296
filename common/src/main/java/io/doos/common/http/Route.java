package io.doos.common.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What answers to a method at a path.
 *
 * @param path such as {@code /v1/jobs/{ticket}/cancel}: segments in braces stand for any one
 *     segment that is not empty
 */
public record Route(String method, String path, HttpHandler handler) {

  /** The variables of {@code segments}, when this route's path fits them. */
  Optional<Map<String, String>> match(List<String> segments) {
    var pattern = segments(path);
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    var variables = new HashMap<String, String>();
    for (var i = 0; i < pattern.size(); i++) {
      var wanted = pattern.get(i);
      var found = segments.get(i);
      if (wanted.startsWith("{")) {
        variables.put(wanted.substring(1, wanted.length() - 1), found);
      }
      if (wanted.startsWith("{") ? found.isEmpty() : !wanted.equals(found)) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(variables));
  }

  /** GET answers to HEAD too. */
  boolean takes(String wanted) {
    return wanted.equals(method) || (wanted.equals("HEAD") && method.equals("GET"));
  }

  static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
