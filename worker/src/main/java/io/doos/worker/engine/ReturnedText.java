package io.doos.worker.engine;

import com.sun.star.beans.PropertyValue;
import com.sun.star.uno.Any;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a Basic function returned, as text: strings as they are, numbers without a needless ".0",
 * True and False, arrays as {@code [a, b]}, property values as {@code name=value}, UNO objects as
 * their type in angle brackets.
 */
final class ReturnedText {

  /** The limit of the status record, in bytes of UTF-8. */
  static final int MAX_BYTES = 4096;

  private static final int MAX_DEPTH = 8;

  private ReturnedText() {}

  /** Null when nothing was returned. */
  static @Nullable String of(@Nullable Object value) {
    var plain = unwrap(value);
    if (plain == null) {
      return null;
    }
    var text = new StringBuilder();
    append(plain, text, 0);
    return cut(text.toString());
  }

  private static @Nullable Object unwrap(@Nullable Object value) {
    return value instanceof Any any ? any.getObject() : value;
  }

  private static void append(@Nullable Object wrapped, StringBuilder text, int depth) {
    var value = unwrap(wrapped);
    if (text.length() > MAX_BYTES) {
      return;
    }
    switch (value) {
      case null -> {}
      case String string -> text.append(string);
      case Boolean bool -> text.append(bool ? "True" : "False");
      case Float number -> text.append(number(Double.parseDouble(number.toString())));
      case Double number -> text.append(number(number));
      case Number number -> text.append(number);
      case PropertyValue property -> {
        text.append(property.Name).append('=');
        append(property.Value, text, depth + 1);
      }
      default -> {
        if (value.getClass().isArray()) {
          appendArray(value, text, depth);
        } else {
          text.append('<').append(typeName(value)).append('>');
        }
      }
    }
  }

  private static void appendArray(Object array, StringBuilder text, int depth) {
    if (depth == MAX_DEPTH) {
      text.append("[…]");
      return;
    }
    var items = new StringJoiner(", ", "[", "]");
    var length = Array.getLength(array);
    for (var i = 0; i < length && items.length() <= MAX_BYTES; i++) {
      var item = new StringBuilder();
      append(Array.get(array, i), item, depth + 1);
      items.add(item);
    }
    text.append(items);
  }

  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static String typeName(Object value) {
    var type = value.getClass();
    return java.lang.reflect.Proxy.isProxyClass(type) ? "UNO object" : type.getSimpleName();
  }

  private static String cut(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return text;
    }
    var end = MAX_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--; // not within a character
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
