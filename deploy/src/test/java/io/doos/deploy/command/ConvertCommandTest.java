package io.doos.deploy.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.doos.common.config.Settings;
import io.doos.deploy.FreePort;
import io.doos.deploy.standalone.Standalone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doos convert} against a standalone farm with one office. */
class ConvertCommandTest {

  @TempDir private static Path data;
  private static Standalone farm;
  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    var settings =
        Map.of(
            "data.dir",
            data.toString(),
            "tcp.port",
            "0",
            "http.port",
            "0",
            "embedded.broker-port",
            "" + FreePort.next(),
            "embedded.store-port",
            "" + FreePort.next(),
            "office.count",
            "1");
    farm =
        new Standalone(
            Settings.load(Optional.empty(), Map.of(), settings), InstantSource.system(), () -> {});
    farm.start();
  }

  @AfterAll
  static void stop() {
    farm.close();
  }

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("letter.html"), "<p>Good morning</p>");
    Files.writeString(folder.resolve("letter.txt"), "Good evening\n");
    Files.writeString(folder.resolve("table.csv"), "a;b\n");
    Files.writeString(folder.resolve("bad.odt"), "no document");
  }

  @Test
  void documentsAreConvertedALineEach() throws Exception {
    var run = run("letter.html", "letter.txt", "table.csv", "-o", "out");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.contains(".pdf"));
    for (var made : new String[] {"letter.html.pdf", "letter.txt.pdf", "table.pdf"}) {
      assertThat(Files.readAllBytes(folder.resolve("out").resolve(made)))
          .startsWith("%PDF-".getBytes(US_ASCII));
    }
    try (var all = Files.list(folder.resolve("out"))) {
      assertThat(all).hasSize(3);
    }
  }

  @Test
  void aTableNamesWhatFailedAndTheRestIsThere() throws Exception {
    var run = run("bad.odt", "table.csv", "--to", "xlsx", "-o", "out");
    assertThat(run.exitCode()).isEqualTo(ExitCode.JOB_FAILED);
    assertThat(run.err())
        .contains("1 of 2 documents were not converted:", "DOCUMENT", "bad.odt", "BAD_DOCUMENT");
    assertThat(folder.resolve("out/table.xlsx")).exists();
    assertThat(folder.resolve("out/bad.xlsx")).doesNotExist();
  }

  @Test
  void onATerminalABarGrows() throws Exception {
    var run = CommandRun.onTerminal(folder, arguments("letter.txt", "--option", "pdfa=2b"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("0 of 1", "\r[##############################] 1 of 1");
    assertThat(folder.resolve("letter.pdf")).exists();
  }

  @Test
  void programsGetOneObject() throws Exception {
    var run = run("bad.odt", "letter.txt", "--json", "-o", "out");
    var answer = new ObjectMapper().readTree(run.out());
    assertThat(answer.get("converted")).hasSize(1);
    assertThat(answer.get("failed").get(0).get("code").asText()).isEqualTo("BAD_DOCUMENT");
  }

  @Test
  void whatCannotBeAskedIsToldAtOnce() {
    assertThat(run("none.odt").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run("letter.txt", "--jobs", "0").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(folder, arguments(arguments));
  }

  private static String[] arguments(String... more) {
    var all = new String[more.length + 3];
    all[0] = "convert";
    all[1] = "--http-port";
    all[2] = "" + farm.httpPort();
    System.arraycopy(more, 0, all, 3, more.length);
    return all;
  }
}
