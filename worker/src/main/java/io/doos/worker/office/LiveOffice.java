package io.doos.worker.office;

import java.util.Optional;

/** An office as its pool sees it. */
interface LiveOffice extends Office, AutoCloseable {

  /** The process to look for in {@code ps}. */
  long pid();

  /** Runs {@code listener} once, when its process has ended; at once if it has. */
  void onExit(Runnable listener);

  /** Whether it has neither ended nor hung up; asks nobody, so it costs nothing. */
  boolean lives();

  /**
   * Takes what it is now for clean: what {@link #restore} compares with. Called once, after
   * everything that is to stay has been loaded into it.
   */
  void takeAsClean() throws Exception;

  /**
   * Closes what a job left open: documents, and windows without one. Listeners of the job may run.
   * Blocks as {@link #answers} does.
   *
   * @return what does not close: such an office must not be used again
   */
  Optional<String> closeDocuments();

  /**
   * Deletes what a job left in the job folder, its home and its temporary folder, and looks for
   * what else it may have changed. Blocks as {@link #answers} does.
   *
   * @return what it found: such an office must not be used again
   */
  Optional<String> restore();

  /** Kills it and deletes its folders; returns when nothing of it is left. */
  @Override
  void close();
}
