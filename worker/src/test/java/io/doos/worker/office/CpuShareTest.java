package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuShareTest {

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
          .isTrue();
      office.hurry();
      assertThat(Basic.becomesTrue(() -> !sessionsAreWeighed || nice(group).endsWith("nice 0\n")))
          .isTrue();
    }
  }

  private static String nice(Path group) {
    try {
      return Files.readString(group);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
