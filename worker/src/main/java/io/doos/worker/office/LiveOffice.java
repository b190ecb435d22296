package io.doos.worker.office;

import java.util.Optional;

/** An office as its pool sees it. */
interface LiveOffice extends Office, AutoCloseable {

  /** The process to look for in {@code ps}. */
  long pid();

  /** Runs {@code listener} once, when its process has ended; at once if it has. */
  void onExit(Runnable listener);

  /**
   * Whether it answers a UNO call. Blocks while it does not: whoever asks kills it when that takes
   * too long.
   */
  boolean answers();

  /**
   * Takes what it is now for clean: what {@link #clean} compares with. Called once, after
   * everything that is to stay has been loaded into it.
   */
  void takeAsClean() throws Exception;

  /**
   * Takes away what a job left, as far as that can be done: documents and frames, files in the job
   * folder, its home and its temporary folder. Blocks as {@link #answers} does.
   *
   * @return what could not be taken away: such an office must not be used again
   */
  Optional<String> clean();

  /** Kills it and deletes its folders; returns when nothing of it is left. */
  @Override
  void close();
}
