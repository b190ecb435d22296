package io.doos.gateway.intake;

import io.doos.common.job.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * The job was not taken, and no ticket given. The message is a sentence without its full stop that
 * a client may read; it holds no addresses and no secrets.
 */
public abstract sealed class Refusal extends Exception {

  private Refusal(String why, @Nullable Throwable cause) {
    super(why, cause);
  }

  /** Why, for the client. */
  public String why() {
    return String.valueOf(getMessage());
  }

  /** The submission is wrong in itself: the client must change it. */
  public static final class Invalid extends Refusal {
    public Invalid(String why) {
      super(why, null);
    }
  }

  /** There is too much to do already: the same submission may go through later. */
  public static final class Busy extends Refusal {
    public Busy(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }

  /** There was such a job, and somebody deleted it: its ticket stays used. */
  public static final class Deleted extends Refusal {
    public Deleted(Ticket ticket) {
      super("The job with the ticket " + ticket + " was deleted; choose another ticket", null);
    }
  }

  /** The farm cannot take it now: the same submission may go through later. */
  public static final class TryLater extends Refusal {
    public TryLater(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }
}
