package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuShareTest {

  private static final long OWN = ProcessHandle.current().pid();

  @Test
  void anOfficeGivesWayUntilItIsWanted(@TempDir Path folder) throws Exception {
    assertThat(folder.toFile().setExecutable(true, false)).isTrue(); // another user comes through
    try (var offices = Offices.open(OfficeSettings.standard(folder));
        var office = offices.start(0, 1)) {
      var innermost = ProcessTree.below(office.pid()).pids().getLast();
      var group = Path.of("/proc/" + innermost + "/autogroup");
      var sessionsAreWeighed = Files.isWritable(group); // not on every kernel, nor for everybody
      // where we may not do as we like, the kernel makes us wait between two changes
      assertThat(Basic.becomesTrue(() -> !sessionsAreWeighed || nice(group).endsWith("nice 5\n")))
          .as(() -> nice(group))
          .isTrue();
      office.hurry();
      assertThat(Basic.becomesTrue(() -> !sessionsAreWeighed || nice(group).endsWith("nice 0\n")))
          .as(() -> nice(group))
          .isTrue();
    }
  }

  @Test
  void aWorkerThatInitStartedAndIsInNoNamedSessionPutsItsOfficesBehindAllTheSame(
      @TempDir Path processes) throws Exception {
    process(processes, OWN, "");
    var jail = process(processes, 2, "");
    var office = process(processes, 3, "");
    var share = new CpuShare(processes);

    assertThat(share.lower(List.of(2L, 3L))).as("in a session of its own").isFalse();
    Files.writeString(office, "/autogroup-7 nice 0\n");
    assertThat(share.lower(List.of(2L, 3L))).isTrue();

    assertThat(office).content().startsWith("5");
    assertThat(jail).isEmptyFile();
  }

  @Test
  void whereTheKernelDoesNotWeighSessionsNothingIsDone(@TempDir Path processes) throws Exception {
    var office = process(processes, 3, "/autogroup-7 nice 0\n");

    assertThat(new CpuShare(processes).lower(List.of(3L))).isTrue();

    assertThat(office).hasContent("/autogroup-7 nice 0\n");
  }

  private static Path process(Path processes, long pid, String session) throws IOException {
    var folder = Files.createDirectory(processes.resolve(String.valueOf(pid)));
    return Files.writeString(folder.resolve("autogroup"), session);
  }

  private static String nice(Path group) {
    try {
      return Files.readString(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
