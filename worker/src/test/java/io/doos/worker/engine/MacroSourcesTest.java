package io.doos.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Work;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MacroSourcesTest {

  @TempDir Path input;

  @Test
  void utf8IsReadWithAndWithoutAByteOrderMark() {
    assertThat(SourceText.of("ä".getBytes(StandardCharsets.UTF_8))).isEqualTo("ä");
    assertThat(SourceText.of("\uFEFFä".getBytes(StandardCharsets.UTF_8))).isEqualTo("ä");
  }

  @Test
  void whatIsNotUtf8IsWindows1252() {
    assertThat(SourceText.of(new byte[] {(byte) 0xE4, (byte) 0x80})).isEqualTo("ä€");
  }

  @Test
  void everyLineEndBecomesALineFeed() {
    assertThat(SourceText.of("a\rb\nc\r\nd".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a\nb\nc\nd");
  }

  @Test
  void theMainScriptComesFirstAndTheOthersByName() throws Exception {
    write("main.script", "");
    write("z.bas", "");
    write("A.BAS", "");
    write("data.csv", "");
    assertThat(take().modules()).extracting(BasicModule::name).containsExactly("main", "A", "z");
    assertThat(input.resolve("main.script")).doesNotExist();
    assertThat(input.resolve("z.bas")).exists();
  }

  @Test
  void placeholdersAreReplacedInEveryModule() throws Exception {
    write("main.script", "<<INDIR>>a <<OUTDIR>>b");
    write("other.bas", "<<TEMPLATEDIR>>c");
    assertThat(take().modules())
        .extracting(BasicModule::source)
        .containsExactly("/job/in/a /job/out/b", "/templates/c");
  }

  @Test
  void whatOutlivesItsLibraryLeavesTraces() throws Exception {
    for (var source :
        List.of("Global a", "x = 1\n public a As Long", "x = 1 : Global a", "Public Const C = 1")) {
      assertThat(traces(source)).as(source).isTrue();
    }
    for (var source :
        List.of("Public Sub Main", "Private a", "Dim a", "' Global a", "x = \"Global a\"")) {
      assertThat(traces(source)).as(source).isFalse();
    }
  }

  private boolean traces(String source) throws Exception {
    write("main.script", source);
    return take().leavesTraces();
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(input.resolve(name), text);
  }

  private MacroSources take() throws Exception {
    return MacroSources.take(
        new Work.RunMacro("main.script", "Main", List.of()),
        new JobFolder(input, input, "/job/in/", "/job/out/", "/templates/"));
  }
}
