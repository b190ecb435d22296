package io.doos.worker.office;

import com.sun.star.uno.XComponentContext;

/**
 * A running, jailed office, leased to one borrower at a time. The borrower talks UNO to it from any
 * one thread. When its process ends, by its own fault or by {@link #kill}, every UNO call under way
 * or to come throws {@code com.sun.star.lang.DisposedException}.
 */
public interface Office extends Inmate {

  /** What it calls itself, such as {@code 7.4.7.2}. */
  String version();

  /** The office's component context over UNO. */
  XComponentContext context();

  /** The mirrored templates as the office sees them, read-only: absolute, with a trailing slash. */
  String templateFolderInside();

  /** Why an office's process ended. */
  enum Death {
    /** It lives. */
    NONE,
    /** It ended by itself: crashed, or was told to terminate. */
    ITSELF,
    /** It, or the jail around it, ran out of memory. */
    OUT_OF_MEMORY,
    /** Its job ran past its time. */
    DEADLINE,
    /** Its job was cancelled or deleted, or its delivery lost. */
    WITHDRAWN,
    /** It was retired: worn out, no longer answering when idle, or not clean. */
    RETIRED
  }
}
