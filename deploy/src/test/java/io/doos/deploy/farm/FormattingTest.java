package io.doos.deploy.farm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.job.Ticket;
import io.doos.common.status.State;
import io.doos.common.status.StatusJson;
import io.doos.common.tls.Authority;
import io.doos.common.tls.Trust;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.CliserClient;
import io.doos.deploy.client.CliserClient.Formatted;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.Entrance;
import io.doos.deploy.client.FilesBelow;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
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
    try (var http = HttpClient.newHttpClient()) {
      var job = "http://127.0.0.1:" + farm.httpPort() + "/v1/jobs";
      var begin =
          HttpRequest.newBuilder(URI.create(job + "?wait=60s"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(job("over-http", Color.CYAN)))
              .build();
      http.send(begin, HttpResponse.BodyHandlers.ofString());
      var status = HttpRequest.newBuilder(URI.create(job + "/over-http")).build();
      Until.holds(() ->
          http.send(status, HttpResponse.BodyHandlers.ofString()).body().contains("\"DONE\""));
    }
    assertThat(colours(outcome("over-http"))).containsExactly(roughly(Color.CYAN.getRGB()));
  }

  @Test
  void theSameWorkComesStraightThroughTheQueue() throws Exception {
    var publisher =
        new ProcessBuilder(
                "/usr/bin/python3",
                "src/test/resources/direct_publisher.py",
                "" + farm.brokerPort,
                "direct-format",
                "1",
                job("direct-format", Color.MAGENTA))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var reply = StatusJson.read(publisher.getInputStream().readAllBytes());
    assertThat(publisher.waitFor()).isZero();
    assertThat(reply.state()).isEqualTo(State.DONE);
    assertThat(colours(outcome("direct-format"))).containsExactly(roughly(Color.MAGENTA.getRGB()));
  }

  /** A job whose document shows an image of this colour. */
  private static String job(String ticket, Color colour) throws Exception {
    var image = temp.resolve(ticket + ".png");
    image(image, colour);
    var encoder = Base64.getEncoder();
    return """
    {"ticket": "%s", "work": {"kind": "format", "source": "doc.fo", "to": "application/pdf"},
     "files": [{"name": "doc.fo", "base64": "%s"}, {"name": "logo.png", "base64": "%s"}]}
    """
        .formatted(
            ticket,
            encoder.encodeToString(document("logo.png").getBytes(UTF_8)),
            encoder.encodeToString(Files.readAllBytes(image)));
  }

  /** The pages in a job's result. */
  private static byte[] outcome(String ticket) throws Exception {
    var zip = temp.resolve(ticket + ".zip");
    assertThat(farm.client().output(new Ticket(ticket), zip)).isTrue();
    try (var file = new ZipFile(zip.toFile())) {
      return file.getInputStream(file.getEntry("doc.pdf")).readAllBytes();
    }
  }

  private static String document(String image) {
    return """
    <fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format">
      <fo:layout-master-set><fo:simple-page-master master-name="p"><fo:region-body/></fo:simple-page-master></fo:layout-master-set>
      <fo:page-sequence master-reference="p"><fo:flow flow-name="xsl-region-body"><fo:block><fo:external-graphic src="%s"/></fo:block></fo:flow></fo:page-sequence>
    </fo:root>
    """
        .formatted(image);
  }

  private static void image(Path file, Color colour) throws Exception {
    var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, colour.getRGB());
    }
    ImageIO.write(image, "png", file.toFile());
  }

  /** The upper left colour of each image in a PDF, as poppler sees it. */
  private static List<Integer> colours(byte[] pdf) throws Exception {
    var folder = Files.createTempDirectory(temp, "images");
    var file = Files.write(folder.resolve("pages.pdf"), pdf);
    var extract =
        new ProcessBuilder("pdfimages", "-png", file.toString(), folder.resolve("i").toString())
            .inheritIO()
            .start();
    assertThat(extract.waitFor()).isZero();
    var colours = new ArrayList<Integer>();
    try (var images = Files.newDirectoryStream(folder, "*.png")) {
      for (var image : images) {
        colours.add(roughly(ImageIO.read(image.toFile()).getRGB(0, 0)));
      }
    }
    return colours;
  }

  /** Conversions between colour spaces take a step or two off, or add them. */
  private static int roughly(int colour) {
    return colour & 0xFFC0C0C0;
  }
}
