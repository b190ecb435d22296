package io.doos.common.config;

/** A text that no log, message or exception shows; only {@link #value} gives it out. */
public record Secret(String value) {

  static final String HIDDEN = "(hidden)";

  @Override
  public String toString() {
    return HIDDEN;
  }
}
