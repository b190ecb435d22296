package io.doos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.doos.common.store.FakeObjectStore;
import io.doos.deploy.doctor.Check;
import io.doos.deploy.doctor.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandsTest {

  private static final List<Check> CHECKS =
      List.of(
          new Check("java", () -> Finding.ok("Java 25")),
          new Check("fonts", () -> Finding.warning("no Carlito", "Install it.")),
          new Check("jail", () -> Finding.failed("none", "Mend it.")));

  @TempDir private Path folder;
  private final FakeObjectStore store = new FakeObjectStore();

  @Test
  void templatesAreAddedListedAndRemoved() throws Exception {
    var letter = Files.writeString(folder.resolve("letter.odt"), "abc");
    var sub = Files.createDirectories(folder.resolve("all/logos"));
    Files.writeString(sub.resolve("a.png"), "12345");

    assertThat(run("templates", "put", letter.toString(), folder.resolve("all").toString()))
        .isEqualTo(new CommandRun(ExitCode.OK, "letter.odt  3 B\nlogos/a.png  5 B\n", ""));
    assertThat(store.keys()).containsExactly("templates/letter.odt", "templates/logos/a.png");
    assertThat(run("templates", "list").out()).isEqualTo("letter.odt  3 B\nlogos/a.png  5 B\n");

    assertThat(run("templates", "list", "--json").out())
        .isEqualTo(
            "{\"templates\":[{\"name\":\"letter.odt\",\"bytes\":3},{\"name\":\"logos/a.png\",\"bytes\":5}]}\n");

    assertThat(run("templates", "remove", "letter.odt", "letter"))
        .isEqualTo(
            new CommandRun(
                ExitCode.USAGE,
                "Removed letter.odt\n",
                "doos: there is no template named letter.\n"));
    assertThat(store.keys()).containsExactly("templates/logos/a.png");

    assertThat(run("templates", "put", letter.toString(), "--json").out())
        .isEqualTo("{\"templates\":[{\"name\":\"letter.odt\",\"bytes\":3}]}\n");
    assertThat(run("templates", "remove", "letter.odt", "--json").out())
        .isEqualTo("{\"removed\":[\"letter.odt\"]}\n");
  }

  @Test
  void aTemplateThatIsNotThereIsNamed() {
    var run = run("templates", "put", "absent.odt");

    assertThat(run)
        .isEqualTo(
            new CommandRun(ExitCode.USAGE, "", "doos: absent.odt: there is no such file.\n"));
  }

  @Test
  void theDoctorTellsATableAndFailsWhenACheckFailed() {
    assertThat(run("doctor"))
        .isEqualTo(
            new CommandRun(
                ExitCode.JOB_FAILED,
                """
                ok       java   Java 25
                warning  fonts  no Carlito
                                → Install it.
                failed   jail   none
                                → Mend it.
                """,
                ""));
  }

  @Test
  void theDoctorIsColourfulOnATerminalOnly() {
    var run = CommandRun.of(wiring(CHECKS.subList(0, 1)), folder, true, Map.of(), "doctor");

    assertThat(run.out()).isEqualTo("\u001b[32mok     \u001b[0m  java  Java 25\n");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theDoctorTellsProgramsInJson() throws Exception {
    var answer = new ObjectMapper().readTree(run("doctor", "--json").out());

    assertThat(answer.get("checks")).hasSize(3);
    assertThat(answer.get("checks").get(2).get("verdict").asText()).isEqualTo("failed");
    assertThat(answer.get("checks").get(2).get("remedy").asText()).isEqualTo("Mend it.");
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(wiring(CHECKS), folder, false, Map.of(), arguments);
  }

  private Wiring wiring(List<Check> checks) {
    return new Wiring(
        _ -> ExitCode.OK, _ -> ExitCode.OK, _ -> ExitCode.OK, _ -> store, _ -> checks);
  }
}
