package io.doos.deploy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

  /** Maven runs the tests of a module in the module's folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  @ParameterizedTest
  @ValueSource(strings = {"five_lines.py", "five_lines.php"})
  void itQuotesTheFiveLineClientsAsTheyAre(String client) throws IOException {
    var source = Files.readString(ROOT.resolve("deploy/examples/clients").resolve(client));
    assertThat(quoted(client, readme())).isEqualTo(source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish.py", "publish.sh", "Publish.java"})
  void thePageOnPublishingQuotesItsExamplesAsTheyAre(String example) throws IOException {
    var source = Files.readString(ROOT.resolve("deploy/examples/publishing").resolve(example));
    var page = Files.readString(ROOT.resolve("docs/publishing.md"));
    assertThat(quoted(example, page)).isEqualTo(source);
  }

  @Test
  void thePageOnUnoQuotesItsExampleAsItIs() throws IOException {
    var source = Files.readString(ROOT.resolve("deploy/examples/clients/uno_convert.py"));
    var page = Files.readString(ROOT.resolve("docs/uno.md"));
    assertThat(quoted("uno_convert.py", page)).isEqualTo(source);
  }

  @Test
  void itListsEverySettingAsTheFarmKnowsIt() throws IOException {
    assertThat(between("<!-- settings -->\n", "<!-- /settings -->", readme()))
        .as("the table between the settings markers is the text of Settings.table()")
        .isEqualTo(Settings.table());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "CONTRIBUTING.md",
        "docs/protocol.md",
        "docs/macros.md",
        "docs/publishing.md",
        "docs/security.md",
        "docs/http.md",
        "docs/convert.md",
        "docs/containers.md"
      })
  void everyLinkToAFileLeadsThere(String page) throws IOException {
    var file = ROOT.resolve(page);
    assertThat(LINK.matcher(Files.readString(file)).results().map(link -> link.group(1)))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
  }

  @Test
  void theSampleOfTheSettingsFileIsAcceptedOnceItsLinesAreSwitchedOn(@TempDir Path folder)
      throws Exception {
    var sample = Files.readString(ROOT.resolve("deploy/dist/doos.yaml"));
    var switchedOn =
        sample
            .lines()
            .filter(line -> line.matches("# +[a-z.-]+:.*"))
            .map(line -> line.substring(2))
            .collect(Collectors.joining("\n"));
    var file = Files.writeString(folder.resolve("doos.yaml"), switchedOn);
    assertThat(Settings.load(Optional.of(file), Map.of(), Map.of()).toString())
        .contains("store.secret-key", "office.count=2", "jail=required");
  }

  private static String quoted(String file, String page) {
    var quoted = between("<!-- " + file + " -->\n```", "```\n", page);
    return quoted.substring(quoted.indexOf('\n') + 1);
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  private static String between(String start, String end, String text) {
    var from = text.indexOf(start);
    assertThat(from).as("'%s' in the page", start).isNotNegative();
    var to = text.indexOf(end, from + start.length());
    assertThat(to).as("'%s' after it", end).isNotNegative();
    return text.substring(from + start.length(), to);
  }
}
