package io.doos.worker.format;

import static io.doos.worker.format.Documents.block;
import static io.doos.worker.format.Documents.document;
import static io.doos.worker.format.Documents.image;
import static io.doos.worker.format.Documents.page;
import static io.doos.worker.format.Documents.svg;
import static io.doos.worker.format.Documents.toPdf;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.format.PageFormat;
import io.doos.common.job.Work;
import io.doos.common.job.Work.Format.References;
import io.doos.common.status.ErrorCode;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.format.FormatRig.Formatted;
import io.doos.worker.office.Office;
import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents good and bad in real, jailed formatters. */
class FormatEngineTest {

  /** To fill all memory takes minutes where the machine has much else to do. */
  private static final Duration LONG = Duration.ofMinutes(15);

  @TempDir static Path temp;
  @AutoClose private static FormatRig rig;

  @BeforeAll
  static void open() throws Exception {
    rig = FormatRig.in(temp);
  }

  private static Formatted format(Work.Format work, Map<String, byte[]> files) throws Exception {
    return rig.format(work, files);
  }

  private static Formatted format(Work.Format work, Map<String, byte[]> files, Duration timeout)
      throws Exception {
    return rig.format(work, files, timeout);
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
    assertThat(formatted.text("doc.pdf")).startsWith("%PDF-").contains("/Subtype /Image");
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
  void namesMayHaveBracketsAndAnyLength() throws Exception {
    var absent = new References(null, Map.of(), Set.of("job:/" + "a".repeat(70_000)));
    var work = new Work.Format("report[1].fo", "application/pdf", absent, Map.of());
    var files = document(page(image("logo%5B2%5D.png")));
    files.put("report[1].fo", files.remove("doc.fo"));
    files.put("logo[2].png", Documents.png(Color.RED));

    var formatted = format(work, files);

    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text(FormatEngine.LOG)).doesNotContain("ERROR");
    assertThat(formatted.text("report[1].pdf")).startsWith("%PDF-").contains("/Subtype /Image");
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
  void aSvgWithinADocumentShowsFilesOfTheJob() throws Exception {
    var svg = "<svg:image width='5' height='5' xlink:href='pictures/red.png'/>";
    var flow =
        block(
            "<fo:instream-foreign-object><svg:svg width='20' height='20'>"
                + svg
                + "</svg:svg></fo:instream-foreign-object>");
    var files = document(page(flow));
    files.put("pictures/red.png", Documents.png(Color.RED));

    var formatted = format(toPdf(Map.of()), files);

    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
    assertThat(formatted.text(FormatEngine.LOG)).doesNotContain("ERROR");
    assertThat(formatted.text("doc.pdf")).contains("/Image");

    files.remove("pictures/red.png");
    assertThat(format(toPdf(Map.of()), files).code()).isEqualTo(ErrorCode.INPUT_MISSING);
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
}
