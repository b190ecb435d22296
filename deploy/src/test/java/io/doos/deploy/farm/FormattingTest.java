package io.doos.deploy.farm;

import static io.doos.deploy.farm.Images.roughly;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.status.State;
import io.doos.common.tls.Authority;
import io.doos.common.tls.Trust;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.CliserClient;
import io.doos.deploy.client.CliserClient.Formatted;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.Entrance;
import io.doos.deploy.client.FilesBelow;
import io.doos.deploy.command.CommandRun;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents through the CLISER door of a real farm, with its real, jailed formatter. */
class FormattingTest {

  private static final Path EXAMPLES = Path.of("examples/formatting").toAbsolutePath();

  @TempDir static Path temp;
  private static FarmProcess farm;
  private static int port;
  private static Path authority;

  @BeforeAll
  static void startFarm() throws Exception {
    var certificate = temp.resolve("door.pem");
    var key = temp.resolve("door.key");
    var test = new Authority("test");
    test.identity("door", "EC").write(certificate, key);
    authority = test.write(temp.resolve("ca.pem"));
    farm =
        FarmProcess.start(
            temp.resolve("data"),
            "office.count=1",
            "cliser.port=0",
            "cliser.tls-port=0",
            "tls.certificate=" + certificate,
            "tls.key=" + key);
    port = port("");
  }

  private static int port(String door) throws Exception {
    var open =
        Pattern.compile("The CLISER door%s is open at /?127\\.0\\.0\\.1:(\\d+)".formatted(door))
            .matcher(farm.log());
    assertThat(open.find()).isTrue();
    return Integer.parseInt(open.group(1));
  }

  @AfterAll
  static void stopFarm() {
    farm.close();
  }

  private static CliserClient client(Path folder, List<String> told) throws Exception {
    return client(port, Entrance.OPEN, folder, told);
  }

  private static CliserClient client(int at, Entrance entrance, Path folder, List<String> told)
      throws Exception {
    return CliserClient.connect(
        new DoosClient.Config(
            "localhost", at, Duration.ofSeconds(60), Duration.ofMinutes(3), entrance),
        new FilesBelow(List.of(folder)),
        (level, text) -> told.add(level + " " + text));
  }

  private static byte[] pages(CliserClient client, Path document) throws Exception {
    var pages = new ByteArrayOutputStream();
    assertThat(client.format(document, document.toUri().toString(), pages))
        .isInstanceOf(Formatted.Pages.class);
    return pages.toByteArray();
  }

  @Test
  void theExampleComesWithTheImagesThatItsClientHas() throws Exception {
    var told = new CopyOnWriteArrayList<String>();
    try (var client = client(EXAMPLES, told)) {
      var pdf = pages(client, EXAMPLES.resolve("invoice.fo"));
      assertThat(new String(pdf, UTF_8)).startsWith("%PDF-");
      assertThat(colours(pdf)).hasSize(2);
      assertThat(told).anyMatch(line -> line.startsWith("info Ticket"));

      client.set("OUTPUT_FORMAT", "TXT");
      assertThat(new String(pages(client, EXAMPLES.resolve("invoice.fo")), UTF_8))
          .contains("Invoice 2026-117");
    }
  }

  @Test
  void theCommandLeavesThePagesWhereItIsTold() throws Exception {
    var file = "letters/of 2026/first.pdf";
    assertPages(temp.resolve(file), file);
    assertPages(temp.resolve("letters/invoice.pdf"), "letters");
  }

  private static void assertPages(Path pages, String told) throws Exception {
    var document = EXAMPLES.resolve("invoice.fo").toString();
    var run = CommandRun.of(temp, "format", document, "-o", told, "--port", "" + port);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo(pages + "  " + Files.size(pages) + " bytes\n");
    assertThat(colours(Files.readAllBytes(pages))).hasSize(2);
  }

  @Test
  void theExampleComesOverTlsToThoseWhoBelieveTheDoor() throws Exception {
    var secure = port(" over TLS");
    var knowing = new Entrance(Optional.empty(), Optional.of(Trust.in(Optional.of(authority))));
    try (var client = client(secure, knowing, EXAMPLES, new ArrayList<>())) {
      assertThat(colours(pages(client, EXAMPLES.resolve("invoice.fo")))).hasSize(2);
    }
    var wary = new Entrance(Optional.empty(), Optional.of(Trust.in(Optional.empty())));
    assertThatThrownBy(() -> client(secure, wary, EXAMPLES, new ArrayList<>()))
        .isInstanceOf(ClientFailure.Unreachable.class)
        .hasMessageStartingWith("No farm that is to be believed speaks TLS at localhost:");
  }

  @Test
  void clientsWithDifferentImagesOfTheSameNameGetTheirOwn() throws Exception {
    var tasks = new ArrayList<Callable<Boolean>>();
    for (var colour : List.of(Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW)) {
      var folder = Files.createDirectories(temp.resolve("client" + colour.getRGB()));
      image(folder.resolve("logo.png"), colour);
      var document = Files.writeString(folder.resolve("doc.fo"), document("logo.png"));
      tasks.add(() -> {
        try (var client = client(folder, new ArrayList<>())) {
          for (int i = 0; i < 3; i++) {
            assertThat(colours(pages(client, document))).containsExactly(roughly(colour.getRGB()));
          }
          return true;
        }
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(tasks)) {
        assertThat(done.get()).isTrue();
      }
    }
  }

  @Test
  void whatASvgNeedsIsAskedForInAFurtherRound() throws Exception {
    var folder = Files.createDirectories(temp.resolve("late"));
    image(folder.resolve("inner.png"), Color.PINK);
    Files.writeString(
        folder.resolve("outer.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='20' height='20'>"
            + "<image width='9' height='9' xlink:href='inner.png'/><image width='9' height='9' xlink:href='file:///etc/passwd'/></svg>");
    var document = Files.writeString(folder.resolve("doc.fo"), document("outer.svg"));
    var told = new CopyOnWriteArrayList<String>();
    try (var client = client(folder, told)) {
      assertThat(colours(pages(client, document))).contains(roughly(Color.PINK.getRGB()));
    }
    assertThat(told).filteredOn(line -> line.startsWith("info Ticket")).hasSize(2);
  }

  @Test
  void thePythonClientGetsPagesToo() throws Exception {
    assertThat(colours(pagesByPython(Map.of("CLISER_PORT", "" + port)))).hasSize(2);
    var overTls = Map.of("CLISER_PORT", "" + port(" over TLS"), "CLISER_CA", authority.toString());
    assertThat(colours(pagesByPython(overTls))).hasSize(2);
  }

  private static byte[] pagesByPython(Map<String, String> environment) throws Exception {
    var output = temp.resolve("python.pdf");
    Files.deleteIfExists(output);
    var builder =
        new ProcessBuilder(
                "python3",
                EXAMPLES.resolve("cliser_client.py").toString(),
                EXAMPLES.resolve("invoice.fo").toString(),
                output.toString())
            .inheritIO();
    builder.environment().putAll(environment);
    assertThat(builder.start().waitFor()).isZero();
    return Files.readAllBytes(output);
  }

  @Test
  void theSameWorkComesOverHttp() throws Exception {
    var jobs = new FormatJobs(farm, temp);
    jobs.overHttp(job("over-http", Color.CYAN));
    assertThat(colours(jobs.pages("over-http"))).containsExactly(roughly(Color.CYAN.getRGB()));
  }

  @Test
  void theSameWorkComesStraightThroughTheQueue() throws Exception {
    var jobs = new FormatJobs(farm, temp);
    assertThat(jobs.throughTheQueue(job("direct-format", Color.MAGENTA)).state())
        .isEqualTo(State.DONE);
    assertThat(colours(jobs.pages("direct-format")))
        .containsExactly(roughly(Color.MAGENTA.getRGB()));
  }

  /** A job whose document shows an image of this colour. */
  private static FormatJobs.Job job(String ticket, Color colour) throws Exception {
    return new FormatJobs.Job(
        ticket, document("logo.png"), Map.of("logo.png", Images.png(colour)), Map.of());
  }

  private static String document(String image) {
    return FormatJobs.document(image);
  }

  private static void image(Path file, Color colour) throws Exception {
    Files.write(file, Images.png(colour));
  }

  private static List<Integer> colours(byte[] pdf) throws Exception {
    return Images.colours(pdf, temp);
  }
}
