package io.doos.common.job;

import java.util.regex.Pattern;

/**
 * The name of a job, and the only key to its result: 1 to 64 of {@code A-Z a-z 0-9 _ -}. Drawn by a
 * gateway as 18 decimal digits, or chosen by a direct publisher as its idempotency key.
 */
public record Ticket(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * @throws IllegalArgumentException when {@code value} is not of the ticket's form
   */
  public Ticket {
    if (!isTicket(value)) {
      throw new IllegalArgumentException("a ticket is 1 to 64 letters, digits, '_' or '-'");
    }
  }

  /**
   * Whether {@code text} could be a ticket at all; says nothing about whether such a job exists.
   */
  public static boolean isTicket(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
