package io.doos.worker.format;

import static io.doos.worker.format.Documents.block;
import static io.doos.worker.format.Documents.document;
import static io.doos.worker.format.Documents.image;
import static io.doos.worker.format.Documents.page;
import static io.doos.worker.format.Documents.svg;
import static io.doos.worker.format.Documents.toPdf;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Work;
import io.doos.common.job.Work.Format.References;
import io.doos.common.status.ErrorCode;
import io.doos.worker.engine.EngineResult;
import io.doos.worker.fop.FormatRequest;
import io.doos.worker.format.FormatRig.Formatted;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a document's names mean, whatever they meant in the documents before it. */
class CompanionsTest {

  private static final Work.Format TO_PNG = new Work.Format("doc.fo", "image/png");

  @TempDir static Path temp;
  @AutoClose private static FormatRig rig;

  @BeforeAll
  static void open() throws Exception {
    rig = FormatRig.in(temp);
  }

  @Test
  void anImageOfAnEarlierDocumentIsNotFoundAgain() throws Exception {
    var text = document(page(block("no image")));
    var files = document(page(image("a.png")));
    files.put("a.png", Documents.png(Color.RED));

    assertFinished(rig.format(toPdf(Map.of()), text));
    assertFinished(rig.format(toPdf(Map.of()), files));
    assertFinished(rig.format(toPdf(Map.of()), files));
    files.remove("a.png");

    for (int i = 0; i < 2; i++) {
      assertThat(rig.format(toPdf(Map.of()), files).code()).isEqualTo(ErrorCode.INPUT_MISSING);
    }
    assertFinished(rig.format(toPdf(Map.of()), text));
  }

  @Test
  void theSameNameIsEachTimeTheImageThatCameWithTheDocument() throws Exception {
    for (var color : new Color[] {Color.RED, Color.BLUE, Color.BLUE, Color.RED, Color.GREEN}) {
      assertThat(colorOf(image("a.png"), Map.of("a.png", Documents.png(color)))).isEqualTo(color);
    }
  }

  @Test
  void anUnchangedDrawingShowsTheImageThatCameWithTheDocument() throws Exception {
    var drawing = svg("<image width='20' height='20' xlink:href='a.png'/>");
    for (var color : new Color[] {Color.RED, Color.RED, Color.BLUE, Color.RED}) {
      var files = Map.of("a.svg", drawing, "a.png", Documents.png(color));
      assertThat(colorOf(image("a.svg"), files)).isEqualTo(color);
    }
  }

  @Test
  void theSameReferenceOfAClientIsEachTimeTheFileThatItStandsFor() throws Exception {
    var files = document(page(image("a.png")));
    files.put("r1", Documents.png(Color.RED));
    files.put("r2", Documents.png(Color.BLUE));
    for (var file : new String[] {"r1", "r2", "r1"}) {
      var references =
          new References(
              "file:///home/anna/doc.fo", Map.of("file:///home/anna/a.png", file), Set.of());
      var work = new Work.Format("doc.fo", "image/png", references, Map.of());
      assertThat(color(rig.format(work, files)))
          .isEqualTo(file.equals("r1") ? Color.RED : Color.BLUE);
    }
  }

  @Test
  void imagesOfLargeJobsAreTheirOwnToo() throws Exception {
    var large = new byte[FormatRequest.MOST_BYTES];
    for (var color : new Color[] {Color.RED, Color.BLUE}) {
      var files = Map.of("a.png", Documents.png(color), "large.bin", large);
      assertThat(colorOf(image("a.png"), files)).isEqualTo(color);
    }
  }

  @Test
  void pagesTooManyToTravelAreThere() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("<fo:block>").append(i * 7919L % 104_729).append("</fo:block>");
    }
    var formatted = rig.format(TO_TEXT, document(page(text.toString())));

    assertFinished(formatted);
    assertThat(formatted.files().get("doc.xml")).hasSizeGreaterThan(FormatRequest.MOST_BYTES);
    assertThat(formatted.text("doc.xml")).endsWith("</areaTree>");
  }

  private static final Work.Format TO_TEXT =
      new Work.Format("doc.fo", "application/X-fop-areatree");

  @Test
  void eachPageOfPngIsAFile() throws Exception {
    var flow = "<fo:block break-after='page'>one</fo:block>" + block("two");
    var formatted = rig.format(TO_PNG, document(page(flow)));

    assertFinished(formatted);
    assertThat(formatted.files()).containsKeys("doc.png", "doc2.png");
  }

  @Test
  void whatADocumentHadWrittenIsKeptWhenItFails() throws Exception {
    var absent = new References(null, Map.of(), Set.of("job:/a.png"));
    var work = new Work.Format("doc.fo", "application/pdf", absent, Map.of("BROKENIMAGE", "fail"));

    var formatted = rig.format(work, document(page(image("a.png"))));

    assertThat(formatted.code()).isEqualTo(ErrorCode.BAD_DOCUMENT);
    assertThat(new String(formatted.files().get("doc.pdf"), StandardCharsets.ISO_8859_1))
        .startsWith("%PDF");
  }

  private static void assertFinished(Formatted formatted) {
    assertThat(formatted.result()).isInstanceOf(EngineResult.Finished.class);
  }

  /** What is not white on the page. */
  private static Color colorOf(String flow, Map<String, byte[]> more) throws Exception {
    var files = document(page(flow));
    files.putAll(more);
    return color(rig.format(TO_PNG, files));
  }

  private static Color color(Formatted formatted) throws Exception {
    assertFinished(formatted);
    BufferedImage page = ImageIO.read(new ByteArrayInputStream(formatted.files().get("doc.png")));
    for (int x = 0; x < page.getWidth(); x++) {
      for (int y = 0; y < page.getHeight(); y++) {
        var color = new Color(page.getRGB(x, y));
        if (!color.equals(Color.WHITE)) {
          return color;
        }
      }
    }
    return Color.WHITE;
  }
}
