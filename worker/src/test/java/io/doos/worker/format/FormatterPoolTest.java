package io.doos.worker.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.office.OfficeSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When real formatters are started. */
class FormatterPoolTest {

  @TempDir Path temp;

  @Test
  void theFirstFormatterIsStartedAheadWhereThatIsWanted() throws Exception {
    assertThat(firstName(true)).isEqualTo("program-0.0");
  }

  @Test
  void withoutDocumentsNoFormatterIsStarted() throws Exception {
    try (var pool = pool(false)) {
      pool.start();
      assertThat(first()).doesNotExist();
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
      try (var lease = pool.lease("", Duration.ofMinutes(2))) {
        return lease.program().name();
      }
    }
  }

  private Path first() {
    return OfficeSettings.standard(temp).folder().resolve("program-0.0");
  }

  private FormatterPool pool(boolean ahead) throws Exception {
    return FormatterPool.open(
        new FormatterPool.Settings(1, 10, 128L << 20, ahead), OfficeSettings.standard(temp));
  }
}
