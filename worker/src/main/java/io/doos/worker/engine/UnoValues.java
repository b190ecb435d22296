package io.doos.worker.engine;

import com.sun.star.beans.PropertyState;
import com.sun.star.beans.PropertyValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Named values as UNO passes them, and as we do. */
final class UnoValues {

  private UnoValues() {}

  static PropertyValue[] array(Map<String, Object> values) {
    return values.entrySet().stream()
        .map(value -> property(value.getKey(), value.getValue()))
        .toArray(PropertyValue[]::new);
  }

  private static PropertyValue property(String name, Object value) {
    return new PropertyValue(name, -1, value, PropertyState.DIRECT_VALUE);
  }

  /** A value without anything in it is left out. */
  static Map<String, Object> map(Object properties) {
    var values = new HashMap<String, Object>();
    if (properties instanceof PropertyValue[] array) {
      for (var each : array) {
        if (each.Value != null) {
          values.put(each.Name, each.Value);
        }
      }
    }
    return values;
  }

  /** The text of {@code name}; empty when there is none. */
  static String text(Map<String, Object> values, String name) {
    return values.get(name) instanceof String text ? text : "";
  }

  static Collection<String> texts(Map<String, Object> values, String name) {
    return values.get(name) instanceof String[] texts ? Arrays.asList(texts) : List.of();
  }
}
