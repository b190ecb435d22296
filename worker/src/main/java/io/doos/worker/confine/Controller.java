package io.doos.worker.confine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What control groups count and limit, as far as we use it. */
public enum Controller {
  MEMORY,
  PIDS,
  CPU;

  /** By the kernel's own name; empty for one that we do not use. */
  static Optional<Controller> named(String name) {
    return Arrays.stream(values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  String kernelName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
