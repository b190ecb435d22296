package io.doos.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.status.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The macros of {@code macros/}, one a file, each with what must come of it in its first line:
 * {@code '! returned: text}, {@code '! returned nothing} or {@code '! error: CODE number file line
 * words}. Lines count from the file's first; {@code '=== name} begins a file sent along.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MacroTableTest {

  private static final Pattern ERROR =
      Pattern.compile("'! error: (\\w+) (\\d+|-) (\\S+) (\\d+|-) (.*)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\[([^\\]]*)\\]|([^,\\s]+)");

  private MacroBench bench;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    bench = new MacroBench(folder);
  }

  @AfterAll
  void close() throws Exception {
    bench.close();
  }

  @TestFactory
  Stream<DynamicTest> everyMacroEndsAsItsFirstLineSays() throws Exception {
    var macros = Path.of(Objects.requireNonNull(getClass().getResource("macros")).toURI());
    try (var files = Files.list(macros)) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private void check(Path file) throws Exception {
    var text = Files.readString(file);
    var result = bench.run(files(text), arguments(text).toArray());
    var expected = text.lines().findFirst().orElseThrow();
    var error = ERROR.matcher(expected);
    if (error.matches()) {
      assertThat(result).isInstanceOf(EngineResult.Failed.class);
      var found = ((EngineResult.Failed) result).error();
      assertThat(found.code()).as("%s", found).isEqualTo(ErrorCode.valueOf(error.group(1)));
      assertThat(String.valueOf(found.number())).as("%s", found).isEqualTo(orNull(error.group(2)));
      assertThat(found.module()).as("%s", found).isEqualTo(error.group(3));
      assertThat(String.valueOf(found.line())).as("%s", found).isEqualTo(orNull(error.group(4)));
      assertThat(found.message()).contains(error.group(5));
    } else if (expected.equals("'! returned nothing")) {
      assertThat(result).isEqualTo(new EngineResult.Finished(null));
    } else {
      assertThat(expected).startsWith("'! returned: ");
      assertThat(result)
          .isEqualTo(new EngineResult.Finished(expected.substring("'! returned: ".length())));
    }
  }

  private static String orNull(String number) {
    return number.equals("-") ? "null" : number;
  }

  private static Map<String, String> files(String text) {
    var files = new LinkedHashMap<String, String>();
    var parts = text.split("(?m)^'=== ", -1);
    files.put("main.script", parts[0]);
    for (var i = 1; i < parts.length; i++) {
      var end = parts[i].indexOf('\n');
      files.put(parts[i].substring(0, end), parts[i].substring(end + 1));
    }
    return files;
  }

  private static List<Object> arguments(String text) {
    var line = text.lines().filter(one -> one.startsWith("'! arguments: ")).findFirst();
    return line.map(one -> values(one.substring("'! arguments: ".length()))).orElse(List.of());
  }

  private static List<Object> values(String text) {
    var values = new ArrayList<Object>();
    var words = WORD.matcher(text);
    while (words.find()) {
      if (words.group(1) != null) {
        values.add(words.group(1));
      } else if (words.group(2) != null) {
        values.add(values(words.group(2)));
      } else if (words.group(3).matches("true|false")) {
        values.add(Boolean.valueOf(words.group(3)));
      } else if (words.group(3).contains(".")) {
        values.add(Double.valueOf(words.group(3)));
      } else {
        values.add(Long.valueOf(words.group(3)));
      }
    }
    return values;
  }
}
