package io.doos.common.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job message that cannot be understood; the message text names the field, what it holds and what
 * was expected.
 */
public final class BadJobException extends Exception {

  private final transient @Nullable Ticket ticket;

  /**
   * @param ticket the job's ticket, where that much could be read
   */
  public BadJobException(String why, @Nullable Ticket ticket, @Nullable Throwable cause) {
    super(why, cause);
    this.ticket = ticket;
  }

  /** The job's ticket, where that much could be read: its status can then say FAILED. */
  public Optional<Ticket> ticket() {
    return Optional.ofNullable(ticket);
  }
}
