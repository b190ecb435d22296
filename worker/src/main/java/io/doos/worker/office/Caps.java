package io.doos.worker.office;

import io.doos.worker.confine.GroupLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one office may use at most; enforced by the kernel ({@code prlimit}).
 *
 * @param addressSpaceBytes virtual memory of each process; an idle office has 0.5 GiB
 * @param fileBytes the size of any file it writes
 * @param processes processes and threads of the office's user
 * @param openFiles descriptors of each process
 * @param cpu CPU time over the office's whole life, so only for offices that serve one job
 * @param residentBytes resident memory of all its processes, where there are control groups
 * @param cores how many cores' worth of time it may take, where there are control groups; empty for
 *     all
 */
public record Caps(
    long addressSpaceBytes,
    long fileBytes,
    int processes,
    int openFiles,
    Optional<Duration> cpu,
    long residentBytes,
    Optional<Double> cores) {

  /**
   * 4 GiB of address space, files of 1 GiB, 256 threads, 1,024 descriptors, CPU time open, 3 GiB
   * resident, 2 cores.
   */
  public static Caps standard() {
    return new Caps(4L << 30, 1L << 30, 256, 1024, Optional.empty(), 3L << 30, Optional.of(2.0));
  }

  public Caps {
    if (addressSpaceBytes < 768L << 20) {
      throw new IllegalArgumentException("an office needs at least 768 MiB of address space");
    }
    if (fileBytes < 1 << 20 || processes < 32 || openFiles < 256) {
      throw new IllegalArgumentException("too tight for an office to start");
    }
  }

  /** What a group of all processes of an office is held to. */
  GroupLimits ofGroup() {
    return new GroupLimits(residentBytes, processes, cores);
  }

  /** What each process is held to, for people. */
  String description() {
    return "%d MiB of address space, files of %d MiB, %d open files"
        .formatted(addressSpaceBytes >> 20, fileBytes >> 20, openFiles);
  }

  /**
   * The beginning of a command that runs the rest with these.
   *
   * @param ownUser whether nobody else has the office's user in its namespace: processes are
   *     counted by user, and without that an office would count everybody's
   */
  List<String> command(boolean ownUser) {
    var command =
        new ArrayList<>(
            List.of(
                "prlimit",
                "--as=" + addressSpaceBytes,
                "--fsize=" + fileBytes,
                "--nofile=" + openFiles,
                "--core=0"));
    if (ownUser) {
      command.add("--nproc=" + processes);
    }
    cpu.ifPresent(limit -> command.add("--cpu=" + Math.max(1, limit.toSeconds())));
    return command;
  }
}
