package io.doos.common.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a JSON object, read one by one; every complaint names the field with its path. A
 * field that is {@code null} counts as absent. Unknown fields are nobody's business.
 */
public final class Fields {

  private final ObjectNode node;
  private final String path;

  private Fields(ObjectNode node, String path) {
    this.node = node;
    this.path = path;
  }

  static Fields of(JsonNode tree) throws BadJsonException {
    return of(tree, "");
  }

  private static Fields of(JsonNode tree, String path) throws BadJsonException {
    if (tree instanceof ObjectNode object) {
      return new Fields(object, path);
    }
    throw new BadJsonException(
        path.isEmpty() ? "not a JSON object" : "field '" + path + "' is not an object");
  }

  /** The complaint that field {@code name} {@code isWhat}. */
  public BadJsonException wrong(String name, String isWhat) {
    return new BadJsonException("field '" + full(name) + "' " + isWhat);
  }

  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  public String text(String name) throws BadJsonException {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  public Optional<String> optionalText(String name) throws BadJsonException {
    var value = value(name);
    if (value.isPresent() && !value.get().isTextual()) {
      throw wrong(name, "is not text");
    }
    return value.map(JsonNode::textValue);
  }

  public long number(String name) throws BadJsonException {
    return optionalNumber(name).orElseThrow(() -> missing(name));
  }

  /** A whole number. */
  public Optional<Long> optionalNumber(String name) throws BadJsonException {
    var value = value(name);
    if (value.isPresent() && !(value.get().isIntegralNumber() && value.get().canConvertToLong())) {
      throw wrong(name, "is not a whole number");
    }
    return value.map(JsonNode::longValue);
  }

  /** A number with or without a fraction. */
  public Optional<Double> optionalDecimal(String name) throws BadJsonException {
    var value = value(name);
    if (value.isPresent() && !value.get().isNumber()) {
      throw wrong(name, "is not a number");
    }
    return value.map(JsonNode::doubleValue);
  }

  public boolean flag(String name) throws BadJsonException {
    var value = value(name);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw wrong(name, "is not true or false");
    }
    return value.map(JsonNode::booleanValue).orElse(false);
  }

  public Instant instant(String name) throws BadJsonException {
    return optionalInstant(name).orElseThrow(() -> missing(name));
  }

  /** A time as ISO-8601 with an offset, such as {@code 2026-11-22T13:40:00Z}. */
  public Optional<Instant> optionalInstant(String name) throws BadJsonException {
    var text = optionalText(name);
    try {
      return text.map(t -> OffsetDateTime.parse(t).toInstant());
    } catch (DateTimeException e) {
      throw wrong(name, "is not a time like 2026-11-22T13:40:00Z: '" + text.orElse("") + "'");
    }
  }

  public Fields object(String name) throws BadJsonException {
    return optionalObject(name).orElseThrow(() -> missing(name));
  }

  public Optional<Fields> optionalObject(String name) throws BadJsonException {
    var value = value(name);
    return value.isEmpty() ? Optional.empty() : Optional.of(of(value.get(), full(name)));
  }

  /** The objects of an array; none when the field is absent. */
  public List<Fields> objects(String name) throws BadJsonException {
    var all = new ArrayList<Fields>();
    var array = array(name);
    for (int i = 0; i < array.size(); i++) {
      all.add(of(array.get(i), full(name) + "[" + i + "]"));
    }
    return all;
  }

  /**
   * The values of an array as Java has them: String, Long, Double, Boolean and List; none when the
   * field is absent.
   */
  public List<Object> values(String name) throws BadJsonException {
    var all = new ArrayList<>();
    for (var item : array(name)) {
      all.add(plain(name, item));
    }
    return all;
  }

  /** The values of an object as Java has them; none when the field is absent. */
  public Map<String, Object> valueMap(String name) throws BadJsonException {
    var inner = optionalObject(name);
    var all = new LinkedHashMap<String, Object>();
    if (inner.isPresent()) {
      for (var entry : inner.get().node.properties()) {
        all.put(entry.getKey(), plain(name, entry.getValue()));
      }
    }
    return all;
  }

  /** The texts of an object by name; none when the field is absent. */
  public Map<String, String> textMap(String name) throws BadJsonException {
    var all = new LinkedHashMap<String, String>();
    for (var entry : valueMap(name).entrySet()) {
      if (!(entry.getValue() instanceof String text)) {
        throw wrong(name, "holds something that is not text");
      }
      all.put(entry.getKey(), text);
    }
    return all;
  }

  private Object plain(String name, JsonNode value) throws BadJsonException {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case NUMBER ->
          value.isIntegralNumber() && value.canConvertToLong()
              ? (Object) value.longValue()
              : (Object) value.doubleValue();
      case ARRAY -> {
        var list = new ArrayList<>();
        for (var item : value) {
          list.add(plain(name, item));
        }
        yield list;
      }
      case BINARY, MISSING, NULL, OBJECT, POJO ->
          throw wrong(
              name,
              "may hold text, numbers, true, false and lists of these, not " + value.getNodeType());
    };
  }

  private List<JsonNode> array(String name) throws BadJsonException {
    var value = value(name);
    if (value.isPresent() && !value.get().isArray()) {
      throw wrong(name, "is not an array");
    }
    return value.<List<JsonNode>>map(v -> v.valueStream().toList()).orElse(List.of());
  }

  private Optional<JsonNode> value(String name) {
    return node.hasNonNull(name) ? Optional.of(node.get(name)) : Optional.empty();
  }

  private BadJsonException missing(String name) {
    return wrong(name, "is missing");
  }

  private String full(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
