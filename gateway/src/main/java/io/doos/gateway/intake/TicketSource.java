package io.doos.gateway.intake;

import io.doos.common.job.Ticket;
import java.security.SecureRandom;
import java.util.function.Supplier;

/**
 * Draws tickets: decimal numbers from a cryptographic generator, since a ticket is the only key to
 * a result. Whether one is free is for the ledger to say. Safe for use by any number of threads.
 */
public final class TicketSource implements Supplier<Ticket> {

  /**
   * The numbers to draw from, both ends included ({@code ticket.min}, {@code ticket.max}).
   *
   * <p>Refuses, by an IllegalArgumentException, ends with no positive number between them.
   */
  public record Range(long min, long max) {

    /** All numbers of 18 digits. */
    public static final Range DEFAULT =
        new Range(100_000_000_000_000_000L, 999_999_999_999_999_999L);

    public Range {
      if (min < 1 || max < min || max == Long.MAX_VALUE) {
        throw new IllegalArgumentException(
            "ticket.min is at least 1 and at most ticket.max, which is less than "
                + Long.MAX_VALUE);
      }
    }
  }

  private final SecureRandom random;
  private final Range range;

  public TicketSource(SecureRandom random, Range range) {
    this.random = random;
    this.range = range;
  }

  @Override
  public Ticket get() {
    return new Ticket(Long.toString(random.nextLong(range.min(), range.max() + 1)));
  }
}
