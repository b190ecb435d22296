package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program at work in a jail, in a cell with a job folder: an office, or something smaller. Safe
 * for use by any thread.
 */
public interface Inmate {

  /** Names slot and incarnation, such as {@code office-2.17}; for logs and claims. */
  String name();

  /**
   * The job folder as we see it, empty before each job. What is put there is seen inside at {@link
   * #jobFolderInside}.
   */
  Path jobFolder();

  /**
   * The job folder as the program sees it: absolute, with a trailing slash; the same path as
   * outside where there is no jail.
   */
  String jobFolderInside();

  /**
   * Lets the program's own user read and write {@code path} and everything below it. To be called
   * on what is put into the job folder, before it is put there.
   */
  void giveToOffice(Path path) throws IOException;

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
   * Kills its whole process group at once; {@code why} goes to the log. Harmless when it is already
   * dead.
   */
  void kill(Office.Death why);

  /** How it died: {@code NONE} while it lives. */
  Office.Death death();
}
