package io.doos.worker.confine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HierarchyTest {

  @TempDir Path root;

  @Test
  void aServiceOfSystemdIsInAGroupOfVersion2() throws Exception {
    var own = root.resolve("sys/fs/cgroup/system.slice/doos.service");
    Files.createDirectories(own);
    Files.writeString(own.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
    assertThat(
            Hierarchy.parse(
                "0::/system.slice/doos.service\n",
                """
                35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate
                36 24 8:1 / / rw - ext4 /dev/sda1 rw
                """,
                root))
        .containsExactly(
            new Hierarchy(
                true, own, Set.of(Controller.CPU, Controller.MEMORY, Controller.PIDS), false));
  }

  @Test
  void version1HasAHierarchyForEachControllerOrTwo() throws Exception {
    assertThat(
            Hierarchy.parse(
                "5:memory:/workers\n4:cpu,cpuacct:/\n3:freezer:/\n1:name=systemd:/\n",
                """
                40 30 0:35 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                41 30 0:36 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
                42 30 0:37 / /sys/fs/cgroup/freezer rw - cgroup cgroup rw,freezer
                43 30 0:38 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
                """,
                root))
        .contains(
            new Hierarchy(
                false,
                root.resolve("sys/fs/cgroup/memory/workers"),
                Set.of(Controller.MEMORY),
                false),
            new Hierarchy(
                false, root.resolve("sys/fs/cgroup/cpu,cpuacct"), Set.of(Controller.CPU), false),
            new Hierarchy(false, root.resolve("sys/fs/cgroup/freezer"), Set.of(), true));
  }

  @Test
  void aContainerSeesItsOwnPartOfAHierarchyOnly() throws Exception {
    assertThat(
            Hierarchy.parse(
                "5:memory:/docker/4f2a\n",
                "50 40 0:35 /docker/4f2a /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
                root))
        .containsExactly(
            new Hierarchy(
                false, root.resolve("sys/fs/cgroup/memory"), Set.of(Controller.MEMORY), false));
  }

  @Test
  void aGroupOutsideOfWhatIsMountedCannotBeUsed() throws Exception {
    var mount = "50 40 0:35 /docker/4f2a /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";
    assertThat(Hierarchy.parse("5:memory:/system.slice\n", mount, root)).isEmpty();
    assertThat(Hierarchy.parse("5:memory:/../other\n", mount, root)).isEmpty();
  }
}
