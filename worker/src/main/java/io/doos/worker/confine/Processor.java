package io.doos.worker.confine;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of processor whose system calls we know by their numbers. */
enum Processor {
  X86_64("amd64", 1, 0xC000_003E, true),
  AARCH64("aarch64", 2, 0xC000_00B7, false);

  private final String javaName;

  /** Where its numbers stand in {@code system-calls.txt}. */
  final int column;

  /** What the kernel calls it ({@code AUDIT_ARCH_…} in {@code linux/audit.h}). */
  final int auditArch;

  /** Whether there is a second set of calls under the same name, numbered from 2^30 (x32). */
  final boolean hasX32;

  Processor(String javaName, int column, int auditArch, boolean hasX32) {
    this.javaName = javaName;
    this.column = column;
    this.auditArch = auditArch;
    this.hasX32 = hasX32;
  }

  /** The one we run on; empty when we do not know its calls. */
  static Optional<Processor> here() {
    var name = System.getProperty("os.arch");
    return Arrays.stream(values()).filter(one -> one.javaName.equals(name)).findFirst();
  }
}
