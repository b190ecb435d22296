package io.doos.deploy.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLineTest {

  @TempDir private Path folder;

  @Test
  void theLineIsFoundInTheScriptOrInTheModuleThatTheErrorNames() throws Exception {
    var script =
        Files.write(folder.resolve("Report.bas"), "a\r\n\tf\u00fcnf\rc\n".getBytes(ISO_8859_1));
    var module = Files.writeString(folder.resolve("Tax.bas"), "one\ntwo");
    var files = List.of(folder.resolve("data.csv"), module);

    assertThat(SourceLine.of("MACRO_ERROR: Division by zero. (main.script, line 2)", script, files))
        .contains(new SourceLine(script, 2, "f\u00fcnf"));
    assertThat(SourceLine.of("MACRO_ERROR: x (line 3)", script, files))
        .contains(new SourceLine(script, 3, "c"));
    assertThat(SourceLine.of("MACRO_ERROR: x (odd) (Tax.bas, line 2)", script, files))
        .contains(new SourceLine(module, 2, "two"));
    assertThat(SourceLine.of("MACRO_ERROR: x (Gone.bas, line 2)", script, files)).isEmpty();
    assertThat(SourceLine.of("MACRO_ERROR: x (main.script, line 99)", script, files)).isEmpty();
    assertThat(SourceLine.of("TIMEOUT: it ran past its time of 30 s", script, files)).isEmpty();
  }
}
