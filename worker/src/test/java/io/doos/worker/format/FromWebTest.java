package io.doos.worker.format;

import static io.doos.worker.format.Documents.document;
import static io.doos.worker.format.Documents.image;
import static io.doos.worker.format.Documents.page;
import static io.doos.worker.format.Documents.svg;
import static io.doos.worker.format.Documents.toPdf;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Work;
import io.doos.common.job.Work.Format.References;
import io.doos.common.status.ErrorCode;
import io.doos.common.web.WebHosts;
import io.doos.worker.engine.EngineResult;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What documents have of the web, in real formatters, which have none themselves. */
class FromWebTest {

  @TempDir static Path temp;
  @AutoClose private static FormatRig rig;

  @BeforeAll
  static void open() throws Exception {
    rig = FormatRig.in(temp);
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

    var wanted = rig.wanted(toPdf(Map.of()), fromWeb(Map.of(), Map.of()), files);
    assertThat(wanted).containsExactly(ALLOWED);

    var image = Files.write(temp.resolve("fetched.png"), Documents.png(Color.RED));
    var brought = fromWeb(Map.of(ALLOWED, image), Map.of());
    var lacking = rig.format(toPdf(Map.of()), brought, files);
    assertThat(lacking.code()).isEqualTo(ErrorCode.INPUT_MISSING);
    assertThat(lacking.text(FormatEngine.MISSING)).isEqualTo("job:/none.png\n");

    files.put("none.png", Documents.png(Color.GREEN));
    var formatted = rig.format(toPdf(Map.of()), brought, files);
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

    var formatted = rig.format(toPdf(Map.of()), web, document);
    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text(FormatEngine.LOG)).contains(why).doesNotContain("secret");

    var strict = toPdf(Map.of("BROKENIMAGE", "fail"));
    var failed = rig.format(strict, web, document);
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

    var wanted = rig.wanted(work, fromWeb(files, Map.of()), document);
    assertThat(wanted).containsExactly(ALLOWED);

    var closed = rig.format(work, fromWeb(files, Map.of()).closed(), document);
    assertThat(closed.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(closed.text(FormatEngine.LOG)).contains(ALLOWED + " is not fetched from the web");
  }

  @Test
  void whatTheJobBroughtForAReferenceOfTheWebIsNotFetched() throws Exception {
    var references = new References(null, Map.of(ALLOWED, "r1"), Set.of());
    var work = new Work.Format("doc.fo", "application/pdf", references, Map.of());
    var files = document(page(image(ALLOWED)));
    files.put("r1", Documents.png(Color.RED));

    var formatted = rig.format(work, fromWeb(Map.of(), Map.of()), files);
    assertThat(formatted.text(FormatEngine.LOG)).doesNotContain("ERROR");
  }

  @Test
  void aFormatterHasNoNetwork() throws Exception {
    try (var lease = rig.pool().lease("", Duration.ofMinutes(2))) {
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
}
