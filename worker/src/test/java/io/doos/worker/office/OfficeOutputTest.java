package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OfficeOutputTest {

  private static OfficeOutput of(String text) {
    return new OfficeOutput(
        "office-0.1", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void itKeepsTheLastLinesOnly() throws Exception {
    assertThat(of("one\n".repeat(100_000) + "two\nthree").last().lines().toList())
        .hasSize(20)
        .endsWith("two", "three");
  }

  @Test
  void aLineWithoutEndIsCut() throws Exception {
    assertThat(of("x".repeat(1_000_000)).last()).hasSize(500);
  }

  @Test
  void wantOfMemoryIsRememberedThoughALongStackFollows() throws Exception {
    var output = of("  what():  std::bad_alloc\n" + "libmergedlo.so(+0xff1d27)\n".repeat(50));
    assertThat(output.saysOutOfMemory()).isTrue();
    assertThat(output.last()).doesNotContain("bad_alloc");
    assertThat(of("Fatal exception: Signal 6").saysOutOfMemory()).isFalse();
  }
}
