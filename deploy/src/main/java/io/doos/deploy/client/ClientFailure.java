package io.doos.deploy.client;

import io.doos.common.job.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * A request to the farm that came to nothing; typed by what the caller can do. The message is a
 * sentence for a person.
 */
public abstract sealed class ClientFailure extends Exception {

  private ClientFailure(String why, @Nullable Throwable cause) {
    super(why, cause);
  }

  /**
   * Nobody answers there, or not by the doos protocol, or the farm asks to try again later. After a
   * submit the job may have been taken all the same.
   */
  public static final class Unreachable extends ClientFailure {
    Unreachable(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }

  /** The farm knows no such job: never submitted there, deleted, or swept after its retention. */
  public static final class UnknownTicket extends ClientFailure {
    UnknownTicket(Ticket ticket) {
      super("The farm knows no ticket " + ticket + ".", null);
    }
  }

  /** The farm does not want this request, now or later. */
  public static final class Refused extends ClientFailure {
    Refused(String why) {
      super(why, null);
    }
  }

  /** The request cannot be made: a file is missing, or cannot travel. */
  public static final class BadRequest extends ClientFailure {
    BadRequest(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }
}
