package io.doos.worker.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.fop.FormatterMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formatters that this process has started, as the system knows them. */
final class Running {

  private Running() {}

  static Stream<ProcessHandle> formatters() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> commandOf(process).contains(FormatterMain.class.getName()));
  }

  /** Their command lines, one a line. */
  static String commands() {
    return formatters().map(Running::commandOf).collect(Collectors.joining("\n"));
  }

  /** Lets them do nothing more; they can still be killed. */
  static void freeze(List<ProcessHandle> processes) throws IOException, InterruptedException {
    assertThat(processes).isNotEmpty();
    for (var process : processes) {
      var kill = new ProcessBuilder("kill", "-STOP", "" + process.pid()).inheritIO().start();
      assertThat(kill.waitFor()).isZero();
    }
  }

  private static String commandOf(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }
}
