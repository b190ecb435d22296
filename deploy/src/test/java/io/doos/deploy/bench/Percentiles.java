package io.doos.deploy.bench;

import java.util.Arrays;

/** How long things took, in milliseconds. */
final class Percentiles {

  private final long[] nanos;

  Percentiles(long[] nanos) {
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
  }

  /** What {@code percent} of 100 took at most. */
  double ms(int percent) {
    return nanos[Math.min(nanos.length - 1, nanos.length * percent / 100)] / 1e6;
  }
}
