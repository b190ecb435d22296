package io.doos.common.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What answers to a method at a path.
 *
 * @param path such as {@code /v1/jobs/{ticket}/cancel}: segments in braces stand for any one
 *     segment that is not empty; a last one such as <code>{file...}</code> for one or more, with
 *     the slashes between them
 */
public record Route(String method, String path, HttpHandler handler) {

  private static final String REST = "...}";

  /** The variables of {@code segments}, when this route's path fits them. */
  Optional<Map<String, String>> match(List<String> segments) {
    var pattern = segments(path);
    var last = pattern.size() - 1;
    var takesRest = pattern.get(last).endsWith(REST);
    if (takesRest ? segments.size() < pattern.size() : segments.size() != pattern.size()) {
      return Optional.empty();
    }
    var variables = new HashMap<String, String>();
    for (var i = 0; i <= last; i++) {
      var wanted = pattern.get(i);
      var isRest = takesRest && i == last;
      var found = isRest ? String.join("/", segments.subList(i, segments.size())) : segments.get(i);
      if (wanted.startsWith("{")) {
        variables.put(name(wanted), decoded(found));
      }
      if (wanted.startsWith("{") ? found.isEmpty() : !wanted.equals(found)) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(variables));
  }

  private static String name(String variable) {
    var end = variable.endsWith(REST) ? REST.length() : 1;
    return variable.substring(1, variable.length() - end);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** GET answers to HEAD too. */
  boolean takes(String wanted) {
    return wanted.equals(method) || (wanted.equals("HEAD") && method.equals("GET"));
  }

  static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
