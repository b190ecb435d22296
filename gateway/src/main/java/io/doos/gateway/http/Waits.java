package io.doos.gateway.http;

import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads how long a client wants to wait: {@code 30s}, {@code 500ms}, {@code 2m} or {@code 30}. */
final class Waits {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,7})(ms|s|m)?");

  private Waits() {}

  /** The parameter {@code wait}: zero when there is none, and never more than {@code longest}. */
  static Duration of(HttpRequest request, Duration longest) throws Problem {
    var text = request.query("wait").orElse("0");
    var wait = duration("wait", text);
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  /** A number of seconds, or of the unit that follows it. */
  static Duration duration(String name, String text) throws Problem {
    var found = FORM.matcher(text.strip());
    if (!found.matches()) {
      throw Problem.of(
          400, "'" + name + "' is '" + text + "', expected a duration such as 30s, 500ms or 2m.");
    }
    var number = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "m" -> Duration.ofMinutes(number);
      case null, default -> Duration.ofSeconds(number);
    };
  }
}
