package io.doos.gateway.doos;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a request: {@code key=value;key;key=value}. A bare key is there, without a
 * value. Blank around keys is ignored, values are taken as they are; of a key given twice the last
 * one counts.
 */
record Arguments(Map<String, String> values) {

  Arguments {
    values = Map.copyOf(values);
  }

  /** Parses the text ahead of the first file; there is no text that cannot be parsed. */
  static Arguments parse(String text) {
    var values = new HashMap<String, String>();
    for (var argument : text.split(";", -1)) {
      var equals = argument.indexOf('=');
      var key = (equals < 0 ? argument : argument.substring(0, equals)).strip();
      if (!key.isEmpty()) {
        values.put(key, equals < 0 ? "" : argument.substring(equals + 1));
      }
    }
    return new Arguments(values);
  }

  /** Whether {@code key} is there, with whatever value. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The value of {@code key}, if the key is there; empty for a bare one. */
  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
