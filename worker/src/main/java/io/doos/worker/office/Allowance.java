package io.doos.worker.office;

import java.time.Duration;

/**
 * What a job may take while it runs; looked at by the {@link Watchdog}, so it may be passed by what
 * a job takes between two looks. Beyond it stand the kernel's own {@link Caps}.
 *
 * @param memoryBytes resident memory at which its office is killed; not to be confused with the
 *     pool's own limit, at which an office is replaced when it is idle
 * @param cpuTime of all its processes together
 * @param diskBytes of all files that it can write
 */
public record Allowance(long memoryBytes, Duration cpuTime, long diskBytes) {

  /** 3 GiB of memory, 20 minutes, 4 GiB on disk. */
  public static Allowance standard() {
    return new Allowance(3L << 30, Duration.ofMinutes(20), 4L << 30);
  }

  public Allowance {
    if (memoryBytes < 1 || !cpuTime.isPositive() || diskBytes < 1) {
      throw new IllegalArgumentException("a job needs memory, CPU time and disk");
    }
  }
}
