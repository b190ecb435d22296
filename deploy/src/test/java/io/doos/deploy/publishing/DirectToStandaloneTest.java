package io.doos.deploy.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.Settings;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.S3ObjectStore;
import io.doos.deploy.FreePort;
import io.doos.deploy.standalone.Standalone;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Direct publishing to standalone's own broker; and the examples of docs/publishing.md. */
class DirectToStandaloneTest implements DirectPublishing {

  private static final Path EXAMPLES = Path.of("examples/publishing").toAbsolutePath();

  @TempDir static Path temp;
  private static final int BROKER_PORT = FreePort.next();
  private static final int STORE_PORT = FreePort.next();
  private static Standalone farm;
  private static List<String> keys;
  private static S3ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    var data = temp.resolve("data");
    var settings =
        Map.of(
            "data.dir",
            data.toString(),
            "tcp.port",
            "0",
            "embedded.broker-port",
            "" + BROKER_PORT,
            "embedded.store-port",
            "" + STORE_PORT,
            "office.count",
            "1");
    farm =
        new Standalone(
            Settings.load(Optional.empty(), Map.of(), settings), InstantSource.system(), () -> {});
    farm.start();
    keys = Files.readAllLines(data.resolve("store/keys"));
    store =
        new S3ObjectStore(
            new S3ObjectStore.Config(
                URI.create("http://127.0.0.1:" + STORE_PORT),
                "doos",
                "us-east-1",
                keys.get(0),
                keys.get(1),
                S3ObjectStore.Timeouts.DEFAULT));
  }

  @AfterAll
  static void stop() {
    store.close();
    farm.close();
  }

  @Override
  public String brokerUrl() {
    return "amqp://guest:guest@127.0.0.1:" + BROKER_PORT;
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void theExampleInPythonPublishesWaitsAndFetches() throws Exception {
    publishes("/usr/bin/python3", EXAMPLES.resolve("publish.py").toString());
  }

  @Test
  void theExampleInShellPublishesWaitsAndFetches() throws Exception {
    publishes("sh", EXAMPLES.resolve("publish.sh").toString());
  }

  @Test
  void theExampleInJavaPublishesWaitsAndFetches() throws Exception {
    publishes(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        EXAMPLES.resolve("Publish.java").toString());
  }

  /** Runs an example twice with the same ticket: a publisher that was not sure does so. */
  private void publishes(String... example) throws Exception {
    var folder = Files.createTempDirectory(temp, "example");
    Files.writeString(
        folder.resolve("report.bas"),
        """
        Function Main
          FileCopy "<<INDIR>>data.csv", "<<OUTDIR>>copy.csv"
          Main = "said \\"" & "ümlaut" & "\\""
        End Function
        """
            .replace("\\\"", "\"\""));
    Files.writeString(folder.resolve("data.csv"), "größe;1\n");
    var ticket = "example-" + folder.getFileName();
    for (int i = 0; i < 2; i++) {
      assertThat(run(folder, ticket, example)).contains(ticket + " DONE");
      try (var zip = new ZipFile(folder.resolve("result.zip").toFile())) {
        assertThat(zip.getInputStream(zip.getEntry("copy.csv")).readAllBytes())
            .isEqualTo("größe;1\n".getBytes(UTF_8));
      }
      Files.delete(folder.resolve("result.zip"));
    }
    assertThat(store.list("output/" + ticket + "/result-")).hasSize(1);
  }

  private String run(Path folder, String ticket, String... example)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    Collections.addAll(command, example);
    Collections.addAll(command, ticket, "report.bas", "data.csv");
    var log = folder.resolve("log").toFile();
    var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    process
        .environment()
        .putAll(
            Map.of(
                "BROKER", brokerUrl(),
                "GATEWAY", "127.0.0.1:" + farm.doosPort(),
                "STORE", "http://127.0.0.1:" + STORE_PORT,
                "STORE_ACCESS_KEY", keys.get(0),
                "STORE_SECRET_KEY", keys.get(1)));
    int exit = process.redirectOutput(log).start().waitFor();
    var output = Files.readString(log.toPath());
    assertThat(exit).as(output).isZero();
    return output;
  }
}
