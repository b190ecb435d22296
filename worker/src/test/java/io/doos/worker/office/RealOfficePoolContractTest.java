package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealOfficePoolContractTest implements OfficePoolContract {

  private Path folder;
  private Offices offices;

  @BeforeAll
  void open(@TempDir Path empty) throws Exception {
    folder = empty;
    offices = Offices.open(OfficeSettings.standard(folder));
  }

  @AfterAll
  void close() {
    offices.close();
  }

  @Override
  public OfficeSource source() {
    return offices;
  }

  @Test
  void aHundredLeasesLeakNothing() throws Exception {
    var settings =
        new OfficePool.Settings(
            1,
            1,
            OfficePool.Reuse.TENANT,
            40, // so that offices are replaced on the way
            Duration.ofHours(1),
            1L << 30,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
    try (var watchdog = new Watchdog(Watchdog.Settings.standard(), InstantSource.system())) {
      watchdog.start();
      var descriptors = 0L;
      var threads = 0L;
      for (var pass = 0; pass < 2; pass++) { // the first fills caches and thread pools
        try (var pool =
            new OfficePool(
                settings,
                offices,
                watchdog,
                Preparation.NONE,
                Cleaning.NONE,
                InstantSource.system())) {
          pool.start();
          for (var round = 0; round < 100; round++) {
            try (var lease = pool.lease("acme", PATIENCE)) {
              var file = lease.office().jobFolder().resolve("in.txt");
              Files.writeString(file, "in");
              lease.office().giveToOffice(file);
              Basic.run(
                  lease.office(), "Function Main\n  Main = Dir(\"/job/in.txt\")\nEnd Function");
            }
          }
        }
        if (pass == 0) {
          descriptors = descriptors();
          threads = threads();
        }
      }
      var mostDescriptors = descriptors + 5;
      var mostThreads = threads + 5;
      assertThat(Basic.becomesTrue(() -> descriptors() <= mostDescriptors)).isTrue();
      assertThat(Basic.becomesTrue(() -> threads() <= mostThreads)).isTrue();
    }
    try (var left = Files.list(folder.resolve("offices"))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "template", "system-calls", "system-calls-bare");
    }
    assertThat(ProcessTree.below(ProcessHandle.current().pid()).pids()).hasSize(1);
  }

  private static long descriptors() {
    return count("/proc/self/fd");
  }

  private static long threads() {
    return count("/proc/self/task");
  }

  private static long count(String folder) {
    try (var entries = Files.list(Path.of(folder))) {
      return entries.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
