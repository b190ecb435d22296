package io.doos.worker.engine;

import java.io.IOException;

/**
 * Does one kind of work in a leased office. Runs on the caller's thread, one task at a time in an
 * office; the same engine may serve many offices at once.
 *
 * <p>An engine keeps no time: whoever watches the deadline kills the office, and the engine then
 * answers {@link EngineResult.OfficeLost}.
 */
public interface Engine {

  /**
   * Does the work of {@code task}; returns when it is done or the office has gone.
   *
   * @throws IOException when the job's files cannot be read or written by us: not the job's fault
   */
  EngineResult run(EngineTask task) throws IOException, InterruptedException;
}
