package io.doos.deploy.farm;

import static io.doos.deploy.farm.FormatJobs.document;
import static io.doos.deploy.farm.Images.roughly;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.status.ErrorCode;
import io.doos.common.status.State;
import io.doos.deploy.client.CliserClient;
import io.doos.deploy.client.CliserClient.Formatted;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.Entrance;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Documents whose images are on a web server that {@code format.http-allow} names, or on one beside
 * it, through every door of a real farm with its real, jailed formatter.
 */
class WebImagesTest {

  @TempDir static Path temp;
  private static ImageServer server;
  private static ImageServer elsewhere;
  private static FarmProcess farm;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startFarm() throws Exception {
    server = ImageServer.start();
    elsewhere = ImageServer.start();
    var port = server.port();
    farm =
        FarmProcess.start(
            temp.resolve("data"),
            "office.count=1",
            "cliser.port=0",
            "job.max-input=1MiB",
            "format.http-allow=127.0.0.1:" + port + ",*:" + port);
  }

  @AfterAll
  static void stopFarm() {
    farm.close();
    server.close();
    elsewhere.close();
  }

  @BeforeEach
  void forget() {
    server.requests().clear();
  }

  private static String url(String path) {
    return server.url(path);
  }

  private static String elsewhere(String path) {
    return elsewhere.url(path);
  }

  /** What CLISER makes of a document, under the name given, by a client that has no files. */
  private Formatted format(
      String document, String name, ByteArrayOutputStream pages, Map<String, String> options)
      throws Exception {
    var open = Pattern.compile("The CLISER door is open at /?127\\.0\\.0\\.1:(\\d+)");
    var door = open.matcher(farm.log());
    assertThat(door.find()).isTrue();
    var config =
        new DoosClient.Config(
            "localhost",
            Integer.parseInt(door.group(1)),
            Duration.ofSeconds(60),
            Duration.ofMinutes(3),
            Entrance.OPEN);
    var source = Files.writeString(Files.createTempFile(temp, "doc", ".fo"), document);
    try (var client =
        CliserClient.connect(
            config,
            systemId -> {
              asked.add(systemId);
              return Optional.empty();
            },
            (level, text) -> told.add(level + " " + text))) {
      for (var option : options.entrySet()) {
        client.set(option.getKey(), option.getValue());
      }
      return client.format(source, name, pages);
    }
  }

  private List<Integer> colours(String document) throws Exception {
    return colours(document, "doc.fo");
  }

  private List<Integer> colours(String document, String name) throws Exception {
    var pages = new ByteArrayOutputStream();
    assertThat(format(document, name, pages, Map.of())).isInstanceOf(Formatted.Pages.class);
    return Images.colours(pages.toByteArray(), temp);
  }

  private static Integer seen(Color colour) {
    return roughly(colour.getRGB());
  }

  /** That the client was told an error about this image, with this reason. */
  private void assertLeftOut(String image, String why) {
    assertThat(told)
        .anyMatch(line -> line.startsWith("error ") && line.contains(image) && line.contains(why));
  }

  @Test
  void imagesThatAreAllowedComeByCliserWithoutAQuestionAndOthersAreLeftOut() throws Exception {
    var document =
        document(url("/red.png"), url("/red.png"), elsewhere("/blue.png"), url("/none.png"));

    assertThat(colours(document)).containsOnly(seen(Color.RED));
    assertThat(asked).isEmpty();
    assertThat(server.requests()).containsExactlyInAnyOrder("/red.png", "/none.png");
    assertThat(elsewhere.requests()).isEmpty();
    assertLeftOut(elsewhere("/blue.png"), "It is not fetched from the web");
    assertLeftOut(url("/none.png"), "It was not given: the server answered 404");
  }

  @Test
  void imagesThatAreAllowedComeOverHttp() throws Exception {
    var jobs = new FormatJobs(farm, temp);
    jobs.overHttp(
        new FormatJobs.Job(
            "web-over-http",
            document(url("/red.png"), "own.png", elsewhere("/blue.png")),
            Map.of("own.png", Images.png(Color.CYAN)),
            Map.of()));

    assertThat(Images.colours(jobs.pages("web-over-http"), temp))
        .containsExactlyInAnyOrder(seen(Color.RED), seen(Color.CYAN));
    assertThat(elsewhere.requests()).isEmpty();
  }

  @Test
  void imagesThatAreAllowedComeToWhatIsPublishedStraight() throws Exception {
    var jobs = new FormatJobs(farm, temp);
    var job = new FormatJobs.Job("web-direct", document(url("/green.png")), Map.of(), Map.of());

    assertThat(jobs.throughTheQueue(job).state()).isEqualTo(State.DONE);
    assertThat(Images.colours(jobs.pages("web-direct"), temp)).containsExactly(seen(Color.GREEN));
  }

  @Test
  void anImageThatIsNotToBeHadFailsADocumentThatWantsAll() throws Exception {
    var secret = url("/none.png").replace("http://", "http://anna:secret@");
    var jobs = new FormatJobs(farm, temp);
    var job =
        new FormatJobs.Job("web-strict", document(secret), Map.of(), Map.of("BROKENIMAGE", "fail"));

    var status = jobs.throughTheQueue(job);
    assertThat(status.state()).isEqualTo(State.FAILED);
    var error = Objects.requireNonNull(status.error());
    assertThat(error.code()).isEqualTo(ErrorCode.BAD_DOCUMENT);
    assertThat(error.message())
        .contains(url("/none.png"), "the server answered 404")
        .doesNotContain("secret");
    assertThat(farm.log()).contains("web-strict").doesNotContain("anna:secret");
  }

  @Test
  void redirectsLeadNowhereElse() throws Exception {
    var document = document(url("/to?/blue.png"), url("/to?" + elsewhere("/blue.png")));

    assertThat(colours(document)).containsExactly(seen(Color.BLUE));
    assertThat(elsewhere.requests()).isEmpty();
    assertLeftOut(url("/to?" + elsewhere("/blue.png")), "It is redirected to " + elsewhere(""));
  }

  @Test
  void aPrivateAddressIsNotReachedByANameThatIsNotNamed() throws Exception {
    var image = "http://localhost:" + server.port() + "/red.png";

    assertThat(colours(document(image))).isEmpty();
    assertThat(server.requests()).isEmpty();
    assertLeftOut(image, "localhost has an address that is not public");
  }

  @Test
  void whatIsTooLargeOrTooSlowIsLeftOut() throws Exception {
    var document = document(url("/large.png"), url("/slow.png"), url("/blue.png"));

    assertThat(colours(document)).containsExactly(seen(Color.BLUE));
    assertLeftOut(url("/large.png"), "It is too large");
    assertLeftOut(url("/slow.png"), "It did not come within 10000 ms");
  }

  @Test
  void aDocumentOfTheWebHasItsImagesThereThoseOfItsDrawingsToo() throws Exception {
    assertThat(colours(document("drawing.svg"), url("/doc.fo"))).contains(seen(Color.GREEN));
    assertThat(asked).isEmpty();
    assertThat(server.requests()).containsExactlyInAnyOrder("/drawing.svg", "/green.png");
  }

  @Test
  void itsFormatterStillHasNoNetwork() throws Exception {
    assertThat(colours(document(url("/red.png")))).containsExactly(seen(Color.RED));
    var formatters =
        farm.descendants().stream()
            .filter(one -> one.info().commandLine().orElse("").contains("FormatterMain"))
            .toList();
    assertThat(formatters).isNotEmpty();
    for (var formatter : formatters) {
      var interfaces = new ArrayList<String>();
      for (var line : Files.readAllLines(Path.of("/proc/" + formatter.pid() + "/net/dev"))) {
        if (line.contains(":")) {
          interfaces.add(line.substring(0, line.indexOf(':')).strip());
        }
      }
      assertThat(interfaces).containsExactly("lo");
    }
  }
}
