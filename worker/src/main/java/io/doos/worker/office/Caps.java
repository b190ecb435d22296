package io.doos.worker.office;

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
 */
public record Caps(
    long addressSpaceBytes, long fileBytes, int processes, int openFiles, Optional<Duration> cpu) {

  /** 4 GiB of address space, files of 1 GiB, 256 threads, 1,024 descriptors, CPU time open. */
  public static Caps standard() {
    return new Caps(4L << 30, 1L << 30, 256, 1024, Optional.empty());
  }

  public Caps {
    if (addressSpaceBytes < 768L << 20) {
      throw new IllegalArgumentException("an office needs at least 768 MiB of address space");
    }
    if (fileBytes < 1 << 20 || processes < 32 || openFiles < 256) {
      throw new IllegalArgumentException("too tight for an office to start");
    }
  }

  List<String> command() {
    var command =
        new ArrayList<>(
            List.of(
                "prlimit",
                "--as=" + addressSpaceBytes,
                "--fsize=" + fileBytes,
                "--nproc=" + processes,
                "--nofile=" + openFiles,
                "--core=0"));
    cpu.ifPresent(limit -> command.add("--cpu=" + Math.max(1, limit.toSeconds())));
    return command;
  }
}
