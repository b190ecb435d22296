package io.doos.common.config;

import java.util.Locale;

/**
 * One setting of the farm: what it is called, what it may be and what it does. The farm's settings
 * are in {@link Catalogue#ALL}.
 *
 * @param name dotted, such as {@code tcp.port}
 * @param defaultText the value of a farm that says nothing, as one would write it; empty where
 *     there is none
 * @param description one line, for the settings table
 */
public record Setting<T>(String name, Form<T> form, String defaultText, String description) {

  static final String VARIABLE_PREFIX = "DOOS_";

  /**
   * @throws IllegalArgumentException when the default is not a value of the form
   */
  public Setting {
    parsed(name, form, defaultText);
  }

  /** The environment variable that sets it, such as {@code DOOS_TCP_PORT}. */
  public String variable() {
    return VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** A text of it as messages and logs may show it. */
  String shown(String text) {
    return form.shown().apply(text);
  }

  T parse(String text) {
    return parsed(name, form, text);
  }

  private static <T> T parsed(String name, Form<T> form, String text) {
    try {
      return form.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": expected " + form.expected(), e);
    }
  }
}
