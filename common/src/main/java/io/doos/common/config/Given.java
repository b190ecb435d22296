package io.doos.common.config;

/** The text of a setting and where it came from; it may be a secret's, so it is not shown. */
record Given(String text, Origin origin) {
  @Override
  public String toString() {
    return origin.toString();
  }
}
