package io.doos.common.store;

import org.jspecify.annotations.Nullable;

/** The object store did not do what it was asked; typed by what the caller can do about it. */
public abstract sealed class StoreFailure extends Exception {

  private StoreFailure(String why, @Nullable Throwable cause) {
    super(why, cause);
  }

  /**
   * Not reachable, too slow, overloaded or broken in the middle: the same call may go through
   * later.
   */
  public static final class Unavailable extends StoreFailure {
    public Unavailable(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }

  /** Wrong keys, no such bucket, not allowed: somebody must mend settings or rights first. */
  public static final class Refused extends StoreFailure {
    public Refused(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }
}
