package io.doos.worker.confine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Moving out of the way and back, in the version 2 that this machine has mounted, if it has. */
class DelegationTest {

  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  private static Optional<Path> ownGroup() throws Exception {
    var groups = Files.readString(Path.of("/proc/self/cgroup"));
    return Hierarchy.parse(groups, Files.readString(MOUNTS), Path.of("/")).stream()
        .filter(Hierarchy::unified)
        .map(Hierarchy::own)
        .filter(Files::isWritable)
        .findFirst();
  }

  @Test
  void aProcessIsMovedBelowItsGroupAndBack() throws Exception {
    var base = ownGroup();
    if (base.isEmpty()) {
      return; // there is nothing to move in
    }
    var name = OwnProcess.self().group("delegation");
    var own = new GroupFolder(true, Files.createDirectory(base.get().resolve(name)), false);
    var process = new ProcessBuilder("sleep", "1000").start();
    try {
      own.write(GroupFolder.PROCESSES, process.pid());
      var ours = new GroupFolder(true, Files.createDirectory(own.folder().resolve("ours")), false);
      Delegation.enable(own, ours, Set.of(), process.pid());
      assertThat(Files.readString(own.folder().resolve("cgroup.procs"))).isEmpty();
      assertThat(group(process)).endsWith(name + "/ours/worker");
      Delegation.giveBack(own, ours, process.pid());
      assertThat(group(process)).endsWith(name);
      ours.remove();
    } finally {
      new Group(List.of(own), false).end();
      assertThat(process.waitFor()).isEqualTo(137);
    }
  }

  private static String group(Process process) throws Exception {
    return Files.readString(Path.of("/proc/" + process.pid() + "/cgroup"))
        .lines()
        .filter(line -> line.startsWith("0::"))
        .findFirst()
        .orElseThrow();
  }
}
