package io.doos.worker.confine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process that lives or lived here, told from later ones with the same number by its start.
 *
 * @param startTicks since the machine's start
 */
record OwnProcess(long pid, long startTicks) {

  private static final Pattern NAME = Pattern.compile("doos-(\\d{1,10})-(\\d{1,18})-.*");

  /** In {@code /proc/<pid>/stat}, counted from what follows the program's name. */
  private static final int START = 19;

  static OwnProcess self() throws IOException {
    return read(ProcessHandle.current().pid())
        .orElseThrow(() -> new IOException("/proc does not tell when we started"));
  }

  /** Whom a group of this name belongs to; empty for a name that is not ours. */
  static Optional<OwnProcess> ofGroup(String name) {
    var matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new OwnProcess(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** A name for a group of its. */
  String group(String purpose) {
    return "doos-" + pid + "-" + startTicks + "-" + purpose;
  }

  boolean lives() {
    return read(pid).equals(Optional.of(this));
  }

  private static Optional<OwnProcess> read(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(new OwnProcess(pid, Long.parseLong(fields[START])));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // there is none
    }
  }
}
