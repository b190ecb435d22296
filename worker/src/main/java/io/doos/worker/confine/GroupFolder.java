package io.doos.worker.confine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A control group in one hierarchy: the files by which the kernel is told its limits, and tells
 * what became of it ({@code Documentation/admin-guide/cgroup-v2.rst}, {@code cgroup-v1/}).
 */
record GroupFolder(boolean unified, Path folder, boolean freezer) {

  static final String PROCESSES = "cgroup.procs";

  /** The kernel's own default: shorter periods cost more, longer ones stop a group for longer. */
  private static final long CPU_PERIOD_US = 100_000;

  void limit(Set<Controller> controllers, GroupLimits limits) throws IOException {
    for (var controller : controllers) {
      switch (controller) {
        case MEMORY -> limitMemory(limits.memoryBytes());
        case PIDS -> write("pids.max", limits.processes());
        case CPU -> {
          if (limits.cores().isPresent()) {
            limitCpu(Math.round(limits.cores().get() * CPU_PERIOD_US));
          }
        }
      }
    }
  }

  private void limitMemory(long bytes) throws IOException {
    if (unified) {
      write("memory.max", bytes);
      writeIfThere("memory.swap.max", 0);
      writeIfThere("memory.oom.group", 1); // half an office is none
    } else {
      write("memory.limit_in_bytes", bytes);
      writeIfThere("memory.memsw.limit_in_bytes", bytes);
    }
  }

  private void limitCpu(long quotaUs) throws IOException {
    if (unified) {
      write("cpu.max", quotaUs + " " + CPU_PERIOD_US);
    } else {
      write("cpu.cfs_period_us", CPU_PERIOD_US);
      write("cpu.cfs_quota_us", quotaUs);
    }
  }

  /** How many of its processes the kernel killed for want of memory; 0 where nobody counts. */
  long memoryKills() {
    for (var file : List.of("memory.events", "memory.oom_control")) {
      for (var line : read(file).orElse("").lines().toList()) {
        if (line.startsWith("oom_kill ")) {
          return Long.parseLong(line.substring("oom_kill ".length()));
        }
      }
    }
    return 0;
  }

  /** Processes in it and in groups below it. */
  List<Long> processes() {
    var all = new ArrayList<>(listed().orElse(List.of()));
    below().forEach(child -> all.addAll(child.processes()));
    return all;
  }

  /** Processes in it, without those in groups below it; empty when it cannot be read. */
  Optional<List<Long>> listed() {
    return read(PROCESSES).map(text -> text.lines().map(Long::valueOf).toList());
  }

  /** Kills whatever is in it now; more may be forked meanwhile where the kernel is old. */
  void kill() {
    if (unified && Files.exists(folder.resolve("cgroup.kill"))) {
      writeOrSo("cgroup.kill", "1");
      return;
    }
    if (freezer) {
      writeOrSo("freezer.state", "FROZEN");
    }
    processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    if (freezer) {
      writeOrSo("freezer.state", "THAWED");
    }
  }

  /**
   * Removes it and all groups below it; nothing if it is not there.
   *
   * @throws IOException while processes are in it
   */
  void remove() throws IOException {
    for (var child : below()) {
      child.remove();
    }
    Files.deleteIfExists(folder); // its files are no files, and go with it
  }

  List<GroupFolder> below() {
    var groups = new ArrayList<GroupFolder>();
    try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
      entries.forEach(entry -> groups.add(new GroupFolder(unified, entry, freezer)));
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // it is gone
    }
    return groups;
  }

  void write(String file, Object value) throws IOException {
    // never made, or a misspelt one would be a file of its own where this is no control group
    Files.writeString(
        folder.resolve(file), value.toString(), java.nio.file.StandardOpenOption.WRITE);
  }

  private void writeIfThere(String file, long value) throws IOException {
    try {
      write(file, value);
    } catch (NoSuchFileException e) {
      // a kernel without swap, or older
    }
  }

  private void writeOrSo(String file, String value) {
    try {
      write(file, value);
    } catch (IOException e) {
      // who called looks whether processes are left
    }
  }

  private Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(folder.resolve(file)));
    } catch (IOException e) {
      return Optional.empty(); // it is gone, or has no such controller
    }
  }
}
