package io.doos.gateway.results;

/**
 * The store did not tell; asked later, it may. The message is a sentence without its full stop that
 * a client may read; the cause, for the log, says more.
 */
public final class Unavailable extends Exception {

  Unavailable(String why, Throwable cause) {
    super(why, cause);
  }

  /** Why, for the client. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
