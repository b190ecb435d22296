package io.doos.worker.format;

import static io.doos.worker.format.Documents.block;
import static io.doos.worker.format.Documents.image;
import static io.doos.worker.format.Documents.page;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.format.PageFormat;
import io.doos.common.job.Work;
import io.doos.common.job.Work.Format.References;
import io.doos.common.status.ErrorCode;
import io.doos.common.web.WebHosts;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.office.Allowance;
import io.doos.worker.office.Caps;
import io.doos.worker.office.Office;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Watchdog;
import java.awt.Color;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents good and bad in real, jailed formatters. */
class FormatEngineTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** To fill all memory takes minutes where the machine has much else to do. */
  private static final Duration LONG = Duration.ofMinutes(15);

  @TempDir static Path temp;
  private static FormatterPool pool;
  private final FormatEngine engine = new FormatEngine();
  private int jobs;

  @BeforeAll
  static void open() throws Exception {
    var standard = OfficeSettings.standard(temp.resolve("worker"));
    var jail =
        new OfficeSettings(
            temp.resolve("formatters"),
            Optional.empty(),
            standard.jail(),
            standard.firstUid(),
            new Caps(4L << 30, 64L << 20, 256, 1024, Optional.empty(), 1L << 30, Optional.empty()),
            "en-US",
            "UTC",
            standard.templates(),
            standard.fonts(),
            PATIENCE);
    pool =
        FormatterPool.open(
            new FormatterPool.Settings(1, 1000, 128L << 20, false), jail, InstantSource.system());
    pool.start();
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  private record Formatted(EngineResult result, Map<String, byte[]> files) {

    String text(String name) {
      return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    ErrorCode code() {
      return ((EngineResult.Failed) result).error().code();
    }

    String why() {
      return ((EngineResult.Failed) result).error().message();
    }
  }

  private Formatted format(Work.Format work, Map<String, byte[]> files) throws Exception {
    return format(work, files, Duration.ofMinutes(3));
  }

  private Formatted format(Work.Format work, Map<String, byte[]> files, Duration timeout)
      throws Exception {
    return (Formatted) result(work, FromWeb.NOTHING, files, timeout);
  }

  /** What came of it: what was formatted, or what is to be fetched first. */
  private Object result(Work.Format work, FromWeb web, Map<String, byte[]> files, Duration timeout)
      throws Exception {
    var folder = temp.resolve("work-" + jobs++ + System.nanoTime());
    var input = folder.resolve("in");
    Files.createDirectories(input);
    for (var file : files.entrySet()) {
      Files.createDirectories(input.resolve(file.getKey()).getParent());
      Files.write(input.resolve(file.getKey()), file.getValue());
    }
    try (var watchdog =
        new Watchdog(
            new Watchdog.Settings(Duration.ofSeconds(1), 1, 0, Allowance.standard()),
            InstantSource.system())) {
      watchdog.start();
      try (var lease = pool.lease("", PATIENCE);
          var _ = watchdog.guard(lease.program(), timeout)) {
        var result = engine.run(work, web, input, folder.resolve("out"), lease);
        return switch (result) {
          case FormatResult.Ended(var ended) -> new Formatted(ended, left(folder.resolve("out")));
          case FormatResult.Wants(var references) -> references;
        };
      }
    }
  }

  private static Map<String, byte[]> left(Path folder) throws Exception {
    var files = new TreeMap<String, byte[]>();
    try (var all = Files.list(folder)) {
      for (var file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static Map<String, byte[]> document(String text) {
    var files = new HashMap<String, byte[]>();
    files.put("doc.fo", text.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static Work.Format toPdf(Map<String, String> options) {
    return new Work.Format("doc.fo", "application/pdf", References.NONE, options);
  }

  @ParameterizedTest
  @EnumSource(PageFormat.class)
  void aDocumentBecomesPagesOfEveryFormat(PageFormat to) throws Exception {
    var formatted =
        format(new Work.Format("doc.fo", to.mediaType()), document(page(block("Hello"))));

    assertThat(formatted.result()).isEqualTo(new EngineResult.Finished(null));
    assertThat(formatted.files().get("doc." + to.extension())).isNotEmpty();
  }

  @Test
  void imagesAreFilesOfTheJobByTheirRelativeNames() throws Exception {
    var files = document(page(image("pictures/red.png")));
    files.put("pictures/red.png", Documents.png(Color.RED));

    var formatted = format(toPdf(Map.of()), files);

    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text("doc.pdf")).startsWith("%PDF-").contains("/Image");
  }

  @Test
  void allThatIsMissingIsNamed() throws Exception {
    var flow =
        image("a.png")
            + image("file:///home/anna/b.png")
            + "<fo:block background-image=\"url('c d.png')\">x</fo:block>";

    var formatted = format(toPdf(Map.of()), document(page(flow)));

    assertThat(formatted.code()).isEqualTo(ErrorCode.INPUT_MISSING);
    assertThat(formatted.text(FormatEngine.MISSING).lines())
        .containsExactlyInAnyOrder("job:/a.png", "file:///home/anna/b.png", "job:/c%20d.png");
    assertThat(formatted.why()).contains("job:/a.png", "file:///home/anna/b.png");
    assertThat(formatted.files()).doesNotContainKey("doc.pdf");
  }

  @Test
  void whatIsKnownToBeAbsentIsLoggedAndLeftOut() throws Exception {
    var absent = new References(null, Map.of(), Set.of("job:/a.png"));
    var work = new Work.Format("doc.fo", "application/pdf", absent, Map.of());

    var formatted = format(work, document(page(image("a.png"))));

    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text(FormatEngine.LOG)).contains("ERROR", "a.png");
  }

  @Test
  void anAbsentImageFailsADocumentThatWantsIt() throws Exception {
    var absent = new References(null, Map.of(), Set.of("job:/a.png"));
    var work = new Work.Format("doc.fo", "application/pdf", absent, Map.of("BROKENIMAGE", "fail"));

    var formatted = format(work, document(page(image("a.png"))));

    assertThat(formatted.code()).isEqualTo(ErrorCode.BAD_DOCUMENT);
    assertThat(formatted.why()).contains("a.png");
  }

  @Test
  void referencesOfAClientAreFoundByTheirFiles() throws Exception {
    var references =
        new References(
            "file:///home/anna/doc.fo",
            Map.of(
                "file:///home/anna/logo.png",
                "r1",
                "file:///home/anna/drawing.svg",
                "r2",
                "file:///home/anna/inner.png",
                "r3"),
            Set.of());
    var files = document(page(image("logo.png") + image("drawing.svg")));
    files.put("r1", Documents.png(Color.GREEN));
    files.put("r2", svg("<image width='5' height='5' xlink:href='inner.png'/>"));
    files.put("r3", Documents.png(Color.BLUE));

    var formatted =
        format(new Work.Format("doc.fo", "application/pdf", references, Map.of()), files);

    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text(FormatEngine.LOG)).doesNotContain("ERROR");
  }

  @Test
  void whatASvgNeedsIsNamedToo() throws Exception {
    var files = document(page(image("drawing.svg")));
    files.put(
        "drawing.svg",
        svg(
            "<image width='5' height='5' xlink:href='other.png'/><image width='5' height='5' xlink:href='further.png'/>"));

    var formatted = format(toPdf(Map.of()), files);

    assertThat(formatted.code()).isEqualTo(ErrorCode.INPUT_MISSING);
    assertThat(formatted.text(FormatEngine.MISSING)).contains("job:/other.png", "job:/further.png");
  }

  private static final String ALLOWED = "http://images.example.org/a.png";

  private static FromWeb fromWeb(Map<String, Path> files, Map<String, String> failed) {
    return new FromWeb(WebHosts.parse("*.example.org"), files, failed);
  }

  @Test
  void whatIsOnTheWebWhereItMayBeFetchedIsWantedBeforeItIsFormatted() throws Exception {
    var files =
        document(
            page(image(ALLOWED) + image("https://elsewhere.example/b.png") + image("none.png")));

    var wanted = result(toPdf(Map.of()), fromWeb(Map.of(), Map.of()), files, PATIENCE);
    assertThat(wanted).hasToString("[" + ALLOWED + "]");

    var image = Files.write(temp.resolve("fetched.png"), Documents.png(Color.RED));
    var brought = fromWeb(Map.of(ALLOWED, image), Map.of());
    var lacking = (Formatted) result(toPdf(Map.of()), brought, files, PATIENCE);
    assertThat(lacking.code()).isEqualTo(ErrorCode.INPUT_MISSING);
    assertThat(lacking.text(FormatEngine.MISSING)).isEqualTo("job:/none.png\n");

    files.put("none.png", Documents.png(Color.GREEN));
    var formatted = (Formatted) result(toPdf(Map.of()), brought, files, PATIENCE);
    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text(FormatEngine.LOG))
        .contains("ERROR", "https://elsewhere.example/b.png", "It is not fetched from the web")
        .doesNotContain(ALLOWED);
  }

  @Test
  void whatCouldNotBeFetchedIsLeftOutAndSaidWhy() throws Exception {
    var secret = "http://anna:secret@images.example.org/a.png";
    var web = fromWeb(Map.of(), Map.of(secret, "was not given: the server answered 404"));
    var why = new String[] {ALLOWED, "It was not given: the server answered 404"};
    var document = document(page(image(secret)));

    var formatted = (Formatted) result(toPdf(Map.of()), web, document, PATIENCE);
    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text(FormatEngine.LOG)).contains(why).doesNotContain("secret");

    var strict = toPdf(Map.of("BROKENIMAGE", "fail"));
    var failed = (Formatted) result(strict, web, document, PATIENCE);
    assertThat(failed.code()).isEqualTo(ErrorCode.BAD_DOCUMENT);
    assertThat(failed.why()).contains(why).doesNotContain("secret");
  }

  @Test
  void whatASvgNeedsOfTheWebIsWantedWhenItIsMet() throws Exception {
    var references = new References("http://images.example.org/doc.fo", Map.of(), Set.of());
    var work = new Work.Format("doc.fo", "application/pdf", references, Map.of());
    var document = document(page(image("drawing.svg")));
    var svg = "<image width='5' height='5' xlink:href='a.png'/>";
    var drawing = Files.write(temp.resolve("fetched.svg"), svg(svg));
    var files = Map.of("http://images.example.org/drawing.svg", drawing);

    var wanted = result(work, fromWeb(files, Map.of()), document, PATIENCE);
    assertThat(wanted).hasToString("[" + ALLOWED + "]");

    var closed = (Formatted) result(work, fromWeb(files, Map.of()).closed(), document, PATIENCE);
    assertThat(closed.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(closed.text(FormatEngine.LOG)).contains(ALLOWED + " is not fetched from the web");
  }

  @Test
  void whatTheJobBroughtForAReferenceOfTheWebIsNotFetched() throws Exception {
    var references = new References(null, Map.of(ALLOWED, "r1"), Set.of());
    var work = new Work.Format("doc.fo", "application/pdf", references, Map.of());
    var files = document(page(image(ALLOWED)));
    files.put("r1", Documents.png(Color.RED));

    var formatted = (Formatted) result(work, fromWeb(Map.of(), Map.of()), files, PATIENCE);
    assertThat(formatted.text(FormatEngine.LOG)).doesNotContain("ERROR");
  }

  @Test
  void aFormatterHasNoNetwork() throws Exception {
    try (var lease = pool.lease("", PATIENCE)) {
      var formatters =
          ProcessHandle.current()
              .descendants()
              .filter(one -> one.info().commandLine().orElse("").contains("FormatterMain"))
              .toList();
      assertThat(lease.program().lives()).isTrue();
      assertThat(formatters).isNotEmpty();
      for (var formatter : formatters) {
        var interfaces = Files.readAllLines(Path.of("/proc/" + formatter.pid() + "/net/dev"));
        assertThat(interfaces)
            .anyMatch(line -> line.strip().startsWith("lo:"))
            .filteredOn(line -> line.contains(":"))
            .hasSize(1);
        assertThat(Files.readAllLines(Path.of("/proc/" + formatter.pid() + "/net/route")))
            .as("routes below their heading")
            .hasSize(1);
      }
    }
  }

  @Test
  void aHoleInADrawingFailsEveryDocumentThatWantsNone() throws Exception {
    var absent = new References(null, Map.of(), Set.of("job:/a.png"));
    var work = new Work.Format("doc.fo", "application/pdf", absent, Map.of("BROKENIMAGE", "fail"));
    var files = document(page(image("drawing.svg")));
    files.put("drawing.svg", svg("<image width='5' height='5' xlink:href='a.png'/>"));

    for (int i = 0; i < 2; i++) {
      assertThat(format(work, files).code()).isEqualTo(ErrorCode.BAD_DOCUMENT);
    }
  }

  @Test
  void aSvgOfAJobThatReadsFilesOfTheMachineIsLeftOut() throws Exception {
    var files = document(page(image("drawing.svg")));
    files.put("drawing.svg", svg("<image width='5' height='5' xlink:href='file:///etc/passwd'/>"));

    var formatted = format(toPdf(Map.of()), files);

    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text(FormatEngine.LOG)).contains("ERROR", "file:///etc/passwd");
  }

  @Test
  void entitiesReadNoFiles() throws Exception {
    var document =
        "<!DOCTYPE x [<!ENTITY secret SYSTEM 'file:///etc/passwd'><!ENTITY own 'inner text'>]>"
            + page(block("[&secret;][&own;]"));
    var formatted =
        format(new Work.Format("doc.fo", "application/X-fop-areatree"), document(document));

    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text("doc.xml")).contains("inner").doesNotContain("office:x");
    assertThat(formatted.text(FormatEngine.LOG)).contains("file:///etc/passwd is not read");
  }

  @Test
  void aLaughingDocumentFails() throws Exception {
    var entities = new StringBuilder("<!ENTITY a0 'ha'>");
    for (int i = 1; i < 30; i++) {
      entities.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    var formatted =
        format(toPdf(Map.of()), document("<!DOCTYPE x [" + entities + "]>" + page(block("&a29;"))));

    assertThat(formatted.code()).isEqualTo(ErrorCode.BAD_DOCUMENT);
  }

  @Test
  void whatIsNoDocumentFailsWithItsLine() throws Exception {
    var formatted = format(toPdf(Map.of()), document("<fo:root\n>"));

    assertThat(formatted.code()).isEqualTo(ErrorCode.BAD_DOCUMENT);
    assertThat(formatted.why()).contains("line 2");
  }

  @Test
  void aDocumentThatTakesAllMemoryEndsItsFormatterAndNoOther() throws Exception {
    var many = new StringBuilder();
    for (int i = 0; i < 400_000; i++) {
      many.append("<fo:block break-after='page' id='i").append(i).append("'>x</fo:block>");
    }
    var formatted = format(toPdf(Map.of()), document(page(many.toString())), LONG);

    assertThat(formatted.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
    assertThat(format(toPdf(Map.of()), document(page(block("next")))).result())
        .isInstanceOf(EngineResult.Finished.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"PDF", "PNG"})
  void anImageOfBillionsOfPixelsEndsItsJobAndNoOther(PageFormat to) throws Exception {
    var files = document(page(image("bomb.png")));
    files.put("bomb.png", Documents.bomb(50_000));

    var formatted = format(new Work.Format("doc.fo", to.mediaType()), files, LONG);

    assertThat(formatted.code()).isIn(ErrorCode.BAD_DOCUMENT, ErrorCode.OUT_OF_MEMORY);
    assertThat(format(toPdf(Map.of()), document(page(block("next")))).result())
        .isInstanceOf(EngineResult.Finished.class);
  }

  @Test
  void anEndlessDocumentIsKilledAtItsTime() throws Exception {
    var many = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      many.append("<fo:block>").append("word ".repeat(60)).append("</fo:block>");
    }
    var formatted =
        format(toPdf(Map.of()), document(page(many.toString())), Duration.ofMillis(300));

    assertThat(formatted.result()).isEqualTo(new EngineResult.OfficeLost(Office.Death.DEADLINE));
    assertThat(format(toPdf(Map.of()), document(page(block("next")))).result())
        .isInstanceOf(EngineResult.Finished.class);
  }

  @Test
  void pdfOptionsOfXepAreFollowed() throws Exception {
    var archive = format(toPdf(Map.of("PDF_A", "1b")), document(page(block("kept for long"))));
    assertThat(archive.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(archive.text("doc.pdf")).contains("pdfaid:part");

    var secret =
        format(
            toPdf(Map.of("USERPASSWORD", "Secret", "USERPRIVILEGES", "print")),
            document(page(block("x"))));
    assertThat(secret.text("doc.pdf")).contains("/Encrypt");

    var strange =
        format(toPdf(Map.of("COMPRESS", "true", "NONSENSE", "1")), document(page(block("x"))));
    assertThat(strange.text(FormatEngine.LOG))
        .contains(
            "WARN Apache FOP has nothing like the option COMPRESS",
            "WARN There is no option NONSENSE");
  }

  @Test
  void anUnknownFormatIsTheJobsFault() throws Exception {
    var formatted = format(new Work.Format("doc.fo", "text/x-nothing"), document(page(block("x"))));
    assertThat(formatted.code()).isEqualTo(ErrorCode.BAD_JOB);
    assertThat(formatted.why()).contains("application/pdf");
  }

  @Test
  void withoutItsSourceAJobHasNothingToFormat() throws Exception {
    assertThat(format(new Work.Format("other.fo", "application/pdf"), document("x")).code())
        .isEqualTo(ErrorCode.INPUT_MISSING);
  }

  private static byte[] svg(String content) {
    return ("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
            + " width='20' height='20'>"
            + content
            + "</svg>")
        .getBytes(StandardCharsets.UTF_8);
  }
}
