package io.doos.deploy.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.doos.common.config.Catalogue;
import io.doos.common.config.DoorSetting;
import io.doos.common.config.JobSetting;
import io.doos.common.config.OfficeSetting;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Settings;
import io.doos.deploy.client.TinyFarm;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoosCommandTest {

  private static final String TICKET = "482019337154628901";
  private static final List<String> ALL =
      List.of(
          "standalone",
          "gateway",
          "worker",
          "submit",
          "status",
          "output",
          "cancel",
          "delete",
          "templates",
          "doctor",
          "completion");

  @TempDir private Path folder;
  private Path script = Path.of("");

  @BeforeEach
  void writeScript() throws Exception {
    script = Files.writeString(folder.resolve("Report.bas"), "Sub Main\n  x = 1 / 0\nEnd Sub\n");
  }

  @Test
  void submitShowsTheTicketAndIsDone() throws Exception {
    try (var farm = farm("Enqueued")) {
      var run = run(farm, "submit", script.toString());

      assertThat(run).isEqualTo(new CommandRun(ExitCode.OK, "Ticket " + TICKET + "\n", ""));
      assertThat(farm.heard().getFirst().arguments()).isEqualTo("prepareJob;initFunc=Main");
    }
  }

  @Test
  void submitWaitsAndWritesTheFilesNamingEachWithItsSize() throws Exception {
    try (var farm = farm("Enqueued", "Dequeued", "Dequeued", "Done")) {
      var out = folder.resolve("out");

      var run = run(farm, "submit", script.toString(), "-f", "Run", "--wait", "-o", out.toString());

      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(run.out().lines())
          .satisfiesExactly(
              line -> assertThat(line).isEqualTo("Ticket " + TICKET),
              line -> assertThat(line).matches("queued, \\d+\\.\\d s"),
              line -> assertThat(line).matches("running, \\d+\\.\\d s"),
              line -> assertThat(line).matches("done, \\d+\\.\\d s"),
              line -> assertThat(line).isEqualTo(out + "/a.pdf  3 B"),
              line -> assertThat(line).isEqualTo(out + "/sub/b.txt  2.0 KiB"));
      assertThat(out.resolve("a.pdf")).hasContent("abc");
      assertThat(out.toFile().list()).hasSize(2);
    }
  }

  @Test
  void onATerminalOneLineIsRewritten() throws Exception {
    try (var farm = farm("Enqueued", "Dequeued", "Done")) {
      var run =
          CommandRun.onTerminal(
              folder, "submit", script.toString(), "--wait", "--port", "" + farm.port());

      assertThat(run.out())
          .matches(
              "(?s)Ticket "
                  + TICKET
                  + "\n\rqueued, 0 s\u001b\\[K\rrunning, 0 s\u001b\\[K\rdone, 0 s\u001b\\[K\n"
                  + "To get its files: doos output "
                  + TICKET
                  + " --port "
                  + farm.port()
                  + " -o out\n");
    }
  }

  @Test
  void aFailedJobIsToldWithTheLineOfItsSource() throws Exception {
    try (var farm = farm("Error")) {
      var run = run(farm, "submit", script.toString(), "--wait");

      assertThat(run.exitCode()).isEqualTo(ExitCode.JOB_FAILED);
      assertThat(run.err())
          .isEqualTo(
              "Job "
                  + TICKET
                  + " failed: MACRO_ERROR Basic error 11: Division by zero. (main.script, line 2)\n"
                  + script
                  + ":2: x = 1 / 0\n");
    }
  }

  @Test
  void jsonIsOneObjectOnStandardOutput() throws Exception {
    try (var farm = farm("Enqueued", "Done")) {
      var run =
          run(farm, "submit", script.toString(), "-o", folder.resolve("out").toString(), "--json");

      var answer = new ObjectMapper().readTree(run.out());
      assertThat(run.out().lines()).hasSize(1);
      assertThat(answer.get("ticket").asText()).isEqualTo(TICKET);
      assertThat(answer.get("state").asText()).isEqualTo("DONE");
      assertThat(answer.get("files").get(1).get("bytes").asLong()).isEqualTo(2048);
    }
  }

  @Test
  void statusTellsTheStateAndItsTimes() throws Exception {
    try (var farm = farm("Done", "Error")) {
      var done = run(farm, "status", TICKET);
      assertThat(done.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(done.out())
          .isEqualTo("Ticket " + TICKET + ": done\n  timeEntered 2026-11-22T13:40:00Z\n");

      assertThat(run(farm, "status", TICKET).exitCode()).isEqualTo(ExitCode.JOB_FAILED);
    }
  }

  @Test
  void outputOfAJobThatRunsSaysSo() throws Exception {
    try (var farm = farm("Dequeued")) {
      var run = run(farm, "output", TICKET, "-o", folder.resolve("out").toString());

      assertThat(run.exitCode()).isEqualTo(ExitCode.JOB_FAILED);
      assertThat(run.err()).contains("is running: it has no result yet");
    }
  }

  @Test
  void outputFetchesFilesOrTheZip() throws Exception {
    try (var farm = farm("Done", "Done")) {
      var zip = folder.resolve("r.zip");
      assertThat(run(farm, "output", TICKET, "--zip", zip.toString()).out()).startsWith(zip + "  ");
      assertThat(zip).hasBinaryContent(zip());

      var run = run(farm, "output", TICKET, "-o", folder.resolve("o").toString());
      assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(folder.resolve("o/sub/b.txt")).hasSize(2048);
    }
  }

  @Test
  void deleteTakesManyTickets() throws Exception {
    try (var farm = farm()) {
      assertThat(run(farm, "delete", "1", "2").out()).isEqualTo("Deleted 1\nDeleted 2\n");
      assertThat(farm.heard())
          .extracting(TinyFarm.Heard::arguments)
          .containsExactly("deleteJob;ticket=1", "deleteJob;ticket=2");
    }
  }

  @Test
  void whatGoesWrongIsOneSentenceAndAnExitCode() throws Exception {
    try (var farm = TinyFarm.answering(_ -> "[ERROR] Unknown Ticket: 5.".getBytes(UTF_8))) {
      assertThat(run(farm, "status", "5"))
          .isEqualTo(
              new CommandRun(ExitCode.UNKNOWN_TICKET, "", "doos: The farm knows no ticket 5.\n"));
    }
    var unreachable = CommandRun.of(folder, "status", "5", "--port", "1");
    assertThat(unreachable.exitCode()).isEqualTo(ExitCode.FARM_UNREACHABLE);
    assertThat(unreachable.err().lines()).hasSize(1);

    var missing = CommandRun.of(folder, "submit", "absent.bas", "--port", "1");
    assertThat(missing)
        .isEqualTo(
            new CommandRun(ExitCode.USAGE, "", "doos: absent.bas: there is no such file.\n"));

    var setting = CommandRun.of(folder, "status", "5", "--set", "tcp.prot=1");
    assertThat(setting)
        .isEqualTo(
            new CommandRun(
                ExitCode.USAGE,
                "",
                "doos: tcp.prot (option) is not a setting; did you mean tcp.port?\n"));

    var store = CommandRun.of(folder, "templates", "list");
    assertThat(store.exitCode()).isEqualTo(ExitCode.FARM_UNREACHABLE);
  }

  @Test
  void wrongUsageIsExplained() {
    for (var arguments :
        List.of(
            new String[] {},
            new String[] {"sumbit"},
            new String[] {"submit"},
            new String[] {"status", "no ticket"},
            new String[] {"submit", "a.bas", "--timeout", "soon"},
            new String[] {"output", "5"},
            new String[] {"status", "5", "--unknown"})) {
      var run = CommandRun.of(folder, arguments);
      assertThat(run.exitCode()).as("%s", (Object) arguments).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).isNotBlank();
      assertThat(run.out()).isEmpty();
    }
    assertThat(CommandRun.of(folder, "sumbit").err()).contains("submit");
  }

  @Test
  void everyCommandHasHelpAndVersion() {
    for (var name : ALL) {
      var help = CommandRun.of(folder, name, "--help");
      assertThat(help.exitCode()).as(name).isEqualTo(ExitCode.OK);
      assertThat(help.out())
          .contains("Usage: doos " + name, "--config", "--set", "--version", "Exit codes:");
      assertThat(help.err()).isEmpty();
      assertThat(CommandRun.of(folder, name, "--version").out()).startsWith("doos ");
    }
    assertThat(CommandRun.of(folder, "--help").out()).contains(ALL);
  }

  @Test
  void theProcessesHelpListsAllSettings() {
    var help = CommandRun.of(folder, "standalone", "--help").out();

    assertThat(Catalogue.ALL)
        .allSatisfy(setting -> assertThat(help).contains("  " + setting.name() + "="));
    assertThat(help).contains("watchdog.min-cpu=10% ");
  }

  @Test
  void aProcessGetsTheSettingsOfAllSources() throws Exception {
    Files.writeString(folder.resolve("doos.yaml"), "tcp.port: 1111\nworker.pool: night\n");
    Files.writeString(folder.resolve("other.yaml"), "tcp.port: 2222\n");
    var environment = Map.of("DOOS_OFFICE_COUNT", "3");

    var usual = started(environment, "gateway", "--set", "log.level=error");
    assertThat(usual.get(DoorSetting.TCP_PORT)).isEqualTo(1111);
    assertThat(usual.get(ProcessSetting.WORKER_POOL)).isEqualTo("night");
    assertThat(usual.get(OfficeSetting.OFFICE_COUNT)).contains(3);

    var before =
        started(environment, "--config", "other.yaml", "--set", "jail=preferred", "worker");
    assertThat(before.get(DoorSetting.TCP_PORT)).isEqualTo(2222);
    assertThat(before.get(ProcessSetting.WORKER_POOL)).isEqualTo("default");
    assertThat(before.isSet(OfficeSetting.JAIL)).isTrue();

    var pooled = started(environment, "worker", "--set", "worker.pool=day", "--pool", "night");
    assertThat(pooled.get(ProcessSetting.WORKER_POOL)).isEqualTo("night");

    var after =
        started(environment, "standalone", "--config", "other.yaml", "--set", "job.max-lost=7");
    assertThat(after.get(DoorSetting.TCP_PORT)).isEqualTo(2222);
    assertThat(after.get(JobSetting.JOB_MAX_LOST)).isEqualTo(7);
  }

  @Test
  void completionIsAScriptThatNamesTheCommands() {
    var script = CommandRun.of(folder, "completion").out();

    assertThat(script).contains("bash").contains(ALL);
  }

  private Settings started(Map<String, String> environment, String... arguments) {
    var got = new AtomicReference<>(Settings.defaults());
    Wiring.FarmProcess process =
        settings -> {
          got.set(settings);
          return ExitCode.OK;
        };
    var wiring =
        new Wiring(
            process,
            process,
            process,
            _ -> {
              throw new IllegalStateException();
            },
            _ -> List.of());
    var run = CommandRun.of(wiring, folder, false, environment, arguments);
    assertThat(run).isEqualTo(new CommandRun(ExitCode.OK, "", ""));
    return got.get();
  }

  private CommandRun run(TinyFarm farm, String... arguments) {
    var all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--port", "" + farm.port()));
    return CommandRun.of(folder, all.toArray(String[]::new));
  }

  /** A farm whose only job goes through {@code words}, one a look. */
  private static TinyFarm farm(String... words) throws Exception {
    var left = new ArrayDeque<>(List.of(words));
    return TinyFarm.answering(request -> {
      if (request.is("prepareJob")) {
        return ("[OK] Ticket:" + TICKET).getBytes(UTF_8);
      }
      if (request.is("returnJob")) {
        return TinyFarm.withFile("[OK] ", "files.zip", zip());
      }
      if (request.is("deleteJob")) {
        return "[OK]".getBytes(UTF_8);
      }
      return status(left.remove());
    });
  }

  private static byte[] status(String word) {
    var text = "timeEntered:2026-11-22T13:40:00Z\n";
    if (word.equals("Error")) {
      text += "error:MACRO_ERROR Basic error 11: Division by zero. (main.script, line 2)\n";
    }
    return TinyFarm.withFile("[OK] " + word, "status.txt", text.getBytes(UTF_8));
  }

  private static byte[] zip() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(entry("a.pdf"));
      zip.write("abc".getBytes(UTF_8));
      zip.putNextEntry(entry("sub/b.txt"));
      zip.write(new byte[2048]);
    }
    return bytes.toByteArray();
  }

  private static ZipEntry entry(String name) {
    var entry = new ZipEntry(name);
    entry.setTime(0);
    return entry;
  }
}
