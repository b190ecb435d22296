package io.doos.common.queue;

import org.jspecify.annotations.Nullable;

/**
 * The broker answers, but doos cannot work with what it finds there; a person must mend it first.
 * Messages name what is wrong and the command or setting that mends it, and hold no credentials.
 */
public abstract sealed class BrokerMisconfigured extends Exception {

  private BrokerMisconfigured(String why, @Nullable Throwable cause) {
    super(why, cause);
  }

  /**
   * A queue or exchange of our name exists already, declared with other properties, or of another
   * type.
   */
  public static final class Conflict extends BrokerMisconfigured {
    Conflict(String why, Throwable cause) {
      super(why, cause);
    }
  }

  /** The broker refuses the user, the virtual host, or what the user wants to do there. */
  public static final class NotAllowed extends BrokerMisconfigured {
    NotAllowed(String why, Throwable cause) {
      super(why, cause);
    }
  }
}
