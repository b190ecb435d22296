package io.doos.common.json;

/**
 * Text that is not the JSON it should be; the message names the place or the field, and what was
 * expected.
 */
public final class BadJsonException extends Exception {

  public BadJsonException(String why) {
    super(why);
  }
}
