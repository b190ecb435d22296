package io.doos.worker.office;

import com.sun.star.uno.XComponentContext;
import java.io.IOException;
import java.nio.channels.SocketChannel;

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

  /**
   * A further connection to it, for somebody who speaks URP. It ends with the office.
   *
   * @throws IOException when it does not accept any
   */
  SocketChannel connect() throws IOException;

  /**
   * Whether it answers a UNO call. Blocks while it does not: whoever asks kills it when that takes
   * too long.
   */
  boolean answers();

  /** The mirrored templates as the office sees them, read-only: absolute, with a trailing slash. */
  String templateFolderInside();

  /**
   * It is wanted: while it was made ready it gave way to others where the processor was short, from
   * now on it does not. Returns at once.
   */
  void hurry();

  /**
   * Ends what the job left running beside the office, and with it the office, which cannot be told
   * apart safely; does nothing when it is alone. Afterwards nobody writes to the job folder but the
   * office itself, if it lives.
   *
   * @return whether there was anything to end
   */
  boolean endStrays();

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
    /** Its job used all of its CPU time. */
    OUT_OF_CPU_TIME,
    /** Its job wrote too much. */
    OUT_OF_DISK,
    /** Its job returned too much at once. */
    SAID_TOO_MUCH,
    /** Its job was cancelled or deleted, or its delivery lost. */
    WITHDRAWN,
    /** It was retired: worn out, no longer answering when idle, or not clean. */
    RETIRED
  }
}
