package io.doos.worker.confine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to the kernel's files, of versions that the machine may not have. */
class GroupFolderTest {

  private static final GroupLimits LIMITS = new GroupLimits(1L << 30, 256, Optional.of(1.5));

  @TempDir Path folder;

  private void files(String... names) throws IOException {
    for (var name : names) {
      Files.createFile(folder.resolve(name));
    }
  }

  private String written(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void version2IsToldItsLimits() throws Exception {
    files("memory.max", "memory.swap.max", "memory.oom.group", "pids.max", "cpu.max");
    new GroupFolder(true, folder, false).limit(EnumSet.allOf(Controller.class), LIMITS);
    assertThat(written("memory.max")).isEqualTo("1073741824");
    assertThat(written("memory.swap.max")).isEqualTo("0");
    assertThat(written("memory.oom.group")).isEqualTo("1");
    assertThat(written("pids.max")).isEqualTo("256");
    assertThat(written("cpu.max")).isEqualTo("150000 100000");
  }

  @Test
  void version1IsToldItsLimits() throws Exception {
    files("memory.limit_in_bytes", "pids.max", "cpu.cfs_period_us", "cpu.cfs_quota_us");
    new GroupFolder(false, folder, false).limit(EnumSet.allOf(Controller.class), LIMITS);
    assertThat(written("memory.limit_in_bytes")).isEqualTo("1073741824");
    assertThat(written("pids.max")).isEqualTo("256");
    assertThat(written("cpu.cfs_quota_us")).isEqualTo("150000");
    assertThat(folder.resolve("memory.memsw.limit_in_bytes")).doesNotExist();
  }

  @Test
  void bothTellWhomTheKernelKilledForWantOfMemory() throws Exception {
    var group = new GroupFolder(true, folder, false);
    assertThat(group.memoryKills()).isZero();
    Files.writeString(folder.resolve("memory.events"), "low 0\nhigh 0\nmax 9\noom 1\noom_kill 3\n");
    assertThat(group.memoryKills()).isEqualTo(3);
    Files.delete(folder.resolve("memory.events"));
    Files.writeString(
        folder.resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
    assertThat(group.memoryKills()).isEqualTo(2);
  }

  @Test
  void processesOfGroupsBelowCount() throws Exception {
    Files.writeString(folder.resolve("cgroup.procs"), "12\n13\n");
    Files.writeString(
        Files.createDirectory(folder.resolve("below")).resolve("cgroup.procs"), "14\n");
    assertThat(new GroupFolder(true, folder, false).processes()).isEqualTo(List.of(12L, 13L, 14L));
  }

  @Test
  void aGroupThatCannotBeReadHasNoListOfProcessesRatherThanAnEmptyOne() {
    assertThat(new Group(List.of(new GroupFolder(true, folder, false)), false).processes())
        .isEmpty();
  }

  @Test
  void version2KillsByOneWord() throws Exception {
    files("cgroup.kill");
    new GroupFolder(true, folder, false).kill();
    assertThat(written("cgroup.kill")).isEqualTo("1");
  }
}
