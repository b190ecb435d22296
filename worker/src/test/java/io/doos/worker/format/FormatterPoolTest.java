package io.doos.worker.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.format.FormatterSnapshot.Phase;
import io.doos.worker.office.OfficeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
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
      try (var _ = pool.lease("", Duration.ofMinutes(2))) {
        assertThat(Running.commands()).contains("-XX:TieredStopAtLevel=1");
      }
      for (int i = 1; i < FormatterPool.USES_TO_PROVE; i++) {
        assertThat(lease(pool)).isEqualTo("program-0.1");
      }
      try (var lease = pool.lease("", Duration.ofMinutes(2))) {
        assertThat(lease.program().name()).isEqualTo("program-0.2");
        assertThat(Running.commands())
            .contains("-XX:TieredStopAtLevel=4")
            .doesNotContain("Level=1");
      }
    }
  }

  /** The name of the one that is lent. */
  private static String lease(FormatterPool pool) throws Exception {
    try (var lease = pool.lease("", Duration.ofMinutes(2))) {
      return lease.program().name();
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
