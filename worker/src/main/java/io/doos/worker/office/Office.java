package io.doos.worker.office;

import com.sun.star.uno.XComponentContext;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A running, jailed office, leased to one borrower at a time. The borrower talks UNO to it from any
 * one thread. When its process ends, by its own fault or by {@link #kill}, every UNO call under way
 * or to come throws {@code com.sun.star.lang.DisposedException}.
 */
public interface Office {

  /** Names slot and incarnation, such as {@code office-2.17}; for logs and claims. */
  String name();

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

  /**
   * The job folder as we see it, empty when the office is leased. What is put there is seen inside
   * at {@link #jobFolderInside}.
   */
  Path jobFolder();

  /**
   * The job folder as the office sees it: absolute, with a trailing slash; the same path as outside
   * where there is no jail.
   */
  String jobFolderInside();

  /** The mirrored templates as the office sees them, read-only: absolute, with a trailing slash. */
  String templateFolderInside();

  /**
   * Lets the office's own user read and write {@code path} and everything below it. To be called on
   * what is put into the job folder, before it is put there.
   */
  void giveToOffice(Path path) throws IOException;

  /**
   * It is wanted: while it was made ready it gave way to others where the processor was short, from
   * now on it does not. Returns at once.
   */
  void hurry();

  /** CPU time that all its processes used in its life so far, in steps of 10 ms. */
  Duration cpuTime();

  /** Resident memory of all its processes now. */
  long memoryBytes();

  /**
   * What its job has on the disk now: all files that it can write, unlinked ones that it holds open
   * too, each in whole blocks; {@code Long.MAX_VALUE} where that cannot be told because folders lie
   * too deep in each other or are closed to us. Not counted on much beyond {@code enough}.
   */
  long diskBytes(long enough);

  /**
   * Ends what the job left running beside the office, and with it the office, which cannot be told
   * apart safely; does nothing when it is alone. Afterwards nobody writes to the job folder but the
   * office itself, if it lives.
   *
   * @return whether there was anything to end
   */
  boolean endStrays();

  /**
   * Kills the office's whole process group at once; {@code why} goes to the log. Harmless when it
   * is already dead.
   */
  void kill(Death why);

  /** How it died: {@code NONE} while it lives. */
  Death death();

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
