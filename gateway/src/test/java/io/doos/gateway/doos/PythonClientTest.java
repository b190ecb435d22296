package io.doos.gateway.doos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.InputFile;
import io.doos.common.job.Ticket;
import io.doos.common.store.FakeObjectStore;
import io.doos.gateway.TestFarm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example client, written from the protocol's text alone, as a process of its own. */
@Timeout(60)
class PythonClientTest {

  private static final Path CLIENT = Path.of("../deploy/examples/clients/doos_client.py");

  /** What the client said, and its exit code. */
  private record Said(int code, String out) {}

  @TempDir private Path folder;
  private TestFarm farm;

  @BeforeEach
  void start() throws Exception {
    farm = new TestFarm(new FakeObjectStore(), folder.resolve("spool"));
  }

  @AfterEach
  void stop() {
    farm.close();
  }

  private Said client(String... arguments) throws Exception {
    return client(farm.port(), arguments);
  }

  private Said client(int port, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("python3", "-I", CLIENT.toAbsolutePath().toString()));
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return new Said(process.waitFor(), out);
  }

  @Test
  void aJobGoesItsWholeWay() throws Exception {
    Files.writeString(folder.resolve("Report.bas"), "Sub Run\nEnd Sub");
    var data = new byte[300_000];
    new Random(1).nextBytes(data);
    Files.write(folder.resolve("data.bin"), data);

    var prepared = client("prepare", "Report.bas", "data.bin", "--func", "Run", "--priority", "3");
    assertThat(prepared.code).isZero();
    var job = farm.published(new Ticket(prepared.out));
    assertThat(job.priority()).isEqualTo(3);
    assertThat(job.message().bundle()).isNotNull();

    var status = client("status", prepared.out);
    assertThat(status.code).isZero();
    assertThat(status.out).startsWith("Enqueued\ntimeEntered: ");
    assertThat(client("result", prepared.out).code).isEqualTo(1);

    farm.finish(job, data);
    assertThat(client("wait", prepared.out).out).startsWith("Done\n").contains("timeCompleted: ");
    assertThat(client("result", prepared.out, "-o", "got.zip")).isEqualTo(new Said(0, ""));
    assertThat(folder.resolve("got.zip")).hasBinaryContent(data);

    assertThat(client("delete", prepared.out)).isEqualTo(new Said(0, ""));
    assertThat(client("status", prepared.out))
        .isEqualTo(new Said(4, "[ERROR] Unknown Ticket: " + prepared.out + "."));
  }

  @Test
  void aSmallJobTravelsInline() throws Exception {
    Files.writeString(folder.resolve("a.bas"), "Sub Main\nEnd Sub");
    var ticket = new Ticket(client("prepare", "a.bas").out);
    assertThat(farm.published(ticket).message().files())
        .extracting(InputFile::name)
        .containsExactly("main.script");
  }

  @Test
  void aFailedJobIsToldByStatusAndExitCode() throws Exception {
    Files.writeString(folder.resolve("a.bas"), "Sub Main\nEnd Sub");
    var ticket = client("prepare", "a.bas").out;
    farm.fail(farm.published(new Ticket(ticket)), "Division by zero");
    var waited = client("wait", ticket);
    assertThat(waited.code).isEqualTo(1);
    assertThat(waited.out).startsWith("Error\n").endsWith("error: MACRO_ERROR: Division by zero");
  }

  @Test
  void refusalsAndSilenceHaveExitCodesOfTheirOwn() throws Exception {
    Files.writeString(folder.resolve("a.bas"), "Sub Main\nEnd Sub");
    assertThat(client("prepare", "a.bas", "--func", "no identifier"))
        .isEqualTo(new Said(1, "[ERROR] initFunc is not a Basic identifier."));
    assertThat(client("prepare", "missing.bas").code).isEqualTo(2);
    assertThat(client("nonsense").code).isEqualTo(2);
    assertThat(client(1, "status", "1").code).isEqualTo(3);
  }

  @Test
  void terminateStopsTheProcess() throws Exception {
    assertThat(client("terminate")).isEqualTo(new Said(0, ""));
    assertThat(farm.toldToStop().await(10, TimeUnit.SECONDS)).isTrue();
  }
}
