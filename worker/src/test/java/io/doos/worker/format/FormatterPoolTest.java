package io.doos.worker.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.format.FormatterSnapshot.Phase;
import io.doos.worker.office.OfficeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When real formatters are started. */
class FormatterPoolTest {

  @TempDir Path temp;

  @Test
  void theFirstFormatterIsStartedAheadWhereThatIsWanted() throws Exception {
    assertThat(firstName(true)).isEqualTo("program-0.1");
  }

  @Test
  void withoutDocumentsNoFormatterIsStarted() throws Exception {
    try (var pool = pool(false)) {
      pool.start();
      assertThat(first()).doesNotExist();
    }
  }

  @Test
  void whoLooksSeesWhatEachFormatterIsAt() throws Exception {
    var pool = pool(false);
    try (pool) {
      assertThat(pool.snapshot()).isEmpty();
      try (var lease = pool.lease("acme", Duration.ofMinutes(2))) {
        assertThat(pool.snapshot())
            .singleElement()
            .matches(seen -> seen.phase() == Phase.LEASED && seen.tenant().equals("acme"))
            .matches(seen -> seen.uses() == 1 && seen.generation() == 1)
            .extracting(FormatterSnapshot::name)
            .isEqualTo(lease.program().name());
      }
      assertThat(pool.snapshot()).extracting(FormatterSnapshot::phase).containsExactly(Phase.READY);
    }
    assertThat(pool.snapshot()).isEmpty();
  }

  @Test
  void aFormatterInDemandIsFollowedByOneThatCompilesMore() throws Exception {
    try (var pool = pool(false)) {
      for (int i = 0; i < FormatterPool.USES_TO_PROVE; i++) {
        assertThat(lease(pool)).isEqualTo("program-0.1");
      }
      assertThat(running()).contains("-XX:TieredStopAtLevel=1");
      assertThat(lease(pool)).isEqualTo("program-0.2");
      assertThat(running()).contains("-XX:TieredStopAtLevel=4").doesNotContain("Level=1");
    }
  }

  /** The name of the one that is lent. */
  private static String lease(FormatterPool pool) throws Exception {
    try (var lease = pool.lease("", Duration.ofMinutes(2))) {
      return lease.program().name();
    }
  }

  /** The commands of all programs that we have started. */
  private static String running() {
    return ProcessHandle.current()
        .descendants()
        .map(process -> commandOf(process.pid()))
        .collect(Collectors.joining("\n"));
  }

  private static String commandOf(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it has ended meanwhile
    }
  }

  private String firstName(boolean ahead) throws Exception {
    try (var pool = pool(ahead)) {
      pool.start();
      var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (!Files.exists(first()) && System.nanoTime() < deadline) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(first()).exists();
      return lease(pool);
    }
  }

  private Path first() {
    return OfficeSettings.standard(temp).folder().resolve("program-0.1");
  }

  private FormatterPool pool(boolean ahead) throws Exception {
    return FormatterPool.open(
        new FormatterPool.Settings(1, 10_000, 128L << 20, ahead),
        OfficeSettings.standard(temp),
        InstantSource.system());
  }
}
