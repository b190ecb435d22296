package io.doos.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resident memory of a process, from {@code /proc/<pid>/status}.
 *
 * @param mib now
 * @param peakMib the most it ever had
 */
record ResidentMemory(long mib, long peakMib) {

  static ResidentMemory of(long pid) throws IOException {
    var status = Files.readString(Path.of("/proc/" + pid + "/status"));
    return new ResidentMemory(kib(status, "VmRSS:") / 1024, kib(status, "VmHWM:") / 1024);
  }

  private static long kib(String status, String field) {
    return status
        .lines()
        .filter(line -> line.startsWith(field))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return mib + " MiB resident, " + peakMib + " MiB at most";
  }
}
