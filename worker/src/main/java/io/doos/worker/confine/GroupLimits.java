package io.doos.worker.confine;

import java.util.Optional;

/**
 * What all processes of a control group may have together.
 *
 * @param memoryBytes resident memory, files in memory and caches that cannot be given up included
 * @param processes processes and threads
 * @param cores how many cores' worth of time, in any tenth of a second; empty for no limit
 */
public record GroupLimits(long memoryBytes, int processes, Optional<Double> cores) {

  public GroupLimits {
    if (memoryBytes < 1 || processes < 1 || cores.orElse(1.0) < 0.01) {
      throw new IllegalArgumentException("a group without means: " + memoryBytes + processes);
    }
  }
}
