package io.doos.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a form of ours sent: a few short fields. */
final class Form {

  private static final int MOST_BYTES = 8 * 1024;
  private static final String TYPE = "application/x-www-form-urlencoded";

  private final Map<String, String> fields;

  private Form(Map<String, String> fields) {
    this.fields = fields;
  }

  /** Reads it. */
  static Form of(HttpRequest request) throws Problem, IOException {
    if (!request.mediaType().filter(TYPE::equals).isPresent()) {
      throw Problem.of(415, "A form is sent as " + TYPE + ".");
    }
    var body = request.body().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw Problem.of(413, "A form of this page is not so long.");
    }
    return of(new String(body, UTF_8));
  }

  static Form of(String body) throws Problem {
    var fields = new HashMap<String, String>();
    try {
      for (var pair : body.split("&", -1)) {
        var parts = pair.split("=", 2);
        fields.putIfAbsent(
            URLDecoder.decode(parts[0], UTF_8),
            parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
      }
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "This is no form: " + e.getMessage());
    }
    return new Form(fields);
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** A field that must be there. */
  String required(String name) throws Problem {
    return field(name).orElseThrow(() -> Problem.of(400, "The field " + name + " is missing."));
  }
}
