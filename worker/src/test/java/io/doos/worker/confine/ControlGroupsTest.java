package io.doos.worker.confine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real control groups, of whatever kinds this machine lets us make. */
class ControlGroupsTest {

  private static final GroupLimits LIMITS = new GroupLimits(64L << 20, 20, Optional.of(1.0));

  @Test
  void whatIsInAGroupEndsWithIt() throws Exception {
    try (var groups = ControlGroups.open("test", LIMITS)) {
      var group = groups.make("office");
      var process = start(group, "sleep 1000 & setsid sleep 1000 & sleep 1000");
      assertThat(group.empty()).isEqualTo(!groups.endsAsAWhole());
      group.end();
      assertThat(group.empty()).isTrue();
      assertThat(group.entrances()).allSatisfy(it -> assertThat(it).doesNotExist());
      if (groups.endsAsAWhole()) {
        assertThat(process.waitFor()).isEqualTo(137);
      } else {
        process.destroyForcibly();
      }
      group.end(); // once more does no harm
    }
  }

  @Test
  void whatAKilledProcessLeftIsRemovedByTheNext() throws Exception {
    try (var groups = ControlGroups.open("test", LIMITS)) {
      var group = groups.make("office");
      var dead = new OwnProcess(ProcessHandle.current().pid(), 1).group("dead"); // we are younger
      var left = new ArrayList<Path>();
      for (var entrance : group.entrances()) {
        var own = entrance.resolve("../../..").normalize();
        left.add(Files.createDirectories(own.resolve(dead).resolve("office-0.1")));
      }
      var process =
          start(left.stream().map(it -> it.resolve("cgroup.procs")).toList(), "exec sleep 1000");
      ControlGroups.open("other", LIMITS).close();
      assertThat(left).allSatisfy(it -> assertThat(it).doesNotExist());
      if (left.isEmpty()) {
        process.destroyForcibly();
      }
      assertThat(process.waitFor()).isEqualTo(137);
    }
  }

  @Test
  void closingLeavesNothingAndWeAreWhereWeWere() throws Exception {
    var before = Files.readString(Path.of("/proc/self/cgroup"));
    var groups = ControlGroups.open("test", LIMITS);
    var group = groups.make("office");
    var entrances = group.entrances();
    groups.close();
    assertThat(entrances)
        .allSatisfy(it -> assertThat(it.resolve("../..").normalize()).doesNotExist());
    assertThat(Files.readString(Path.of("/proc/self/cgroup"))).isEqualTo(before);
  }

  private static Process start(Group group, String script) throws Exception {
    return start(group.entrances(), script);
  }

  /** Comes back when the shell is in the groups. */
  private static Process start(List<Path> entrances, String script) throws Exception {
    var command =
        new ArrayList<>(
            List.of("sh", "-c", "for g; do echo 0 > $g; done; echo in; " + script, "sh"));
    entrances.forEach(it -> command.add(it.toString()));
    var process = new ProcessBuilder(command).start();
    assertThat(process.inputReader().readLine()).isEqualTo("in");
    return process;
  }
}
