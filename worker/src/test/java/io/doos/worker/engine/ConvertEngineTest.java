package io.doos.worker.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.star.lang.EventObject;
import com.sun.star.lang.XComponent;
import com.sun.star.util.CloseVetoException;
import com.sun.star.util.XCloseBroadcaster;
import com.sun.star.util.XCloseListener;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConvertEngineTest {

  /** Makes the documents that the tests convert: what LibreOffice writes is what people send. */
  private static final String SOURCES =
      """
      Sub Main
        Dim text, sheet, slides, drawing
        text = StarDesktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, hidden())
        text.Text.setString("Grüße vom Schreibtisch")
        save(text, "letter.odt", "writer8", "")
        save(text, "letter.docx", "MS Word 2007 XML", "")
        save(text, "letter.doc", "MS Word 97", "")
        save(text, "letter.rtf", "Rich Text Format", "")
        save(text, "letter.html", "HTML (StarWriter)", "")
        save(text, "locked.odt", "writer8", "geheim")
        save(text, "locked.docx", "MS Word 2007 XML", "geheim")
        text.close(True)
        sheet = StarDesktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden())
        sheet.Sheets(0).getCellByPosition(0, 0).String = "Name; first"
        sheet.Sheets(0).getCellByPosition(1, 0).Value = 1234.5
        sheet.Sheets.insertNewByName("Second", 1)
        sheet.Sheets(1).getCellByPosition(0, 0).String = "two"
        save(sheet, "table.ods", "calc8", "")
        save(sheet, "table.xlsx", "Calc MS Excel 2007 XML", "")
        save(sheet, "locked.xlsx", "Calc MS Excel 2007 XML", "geheim")
        sheet.close(True)
        slides = StarDesktop.loadComponentFromURL("private:factory/simpress", "_blank", 0, hidden())
        save(slides, "talk.odp", "impress8", "")
        save(slides, "talk.pptx", "Impress MS PowerPoint 2007 XML", "")
        slides.close(True)
        drawing = StarDesktop.loadComponentFromURL("private:factory/sdraw", "_blank", 0, hidden())
        save(drawing, "plan.odg", "draw8", "")
        drawing.close(True)
      End Sub

      Function hidden()
        Dim p(0) As New com.sun.star.beans.PropertyValue
        p(0).Name = "Hidden" : p(0).Value = True
        hidden = p
      End Function

      Sub save(doc, name, filter, password)
        If password = "" Then
          Dim p(0) As New com.sun.star.beans.PropertyValue
          p(0).Name = "FilterName" : p(0).Value = filter
          doc.storeToURL("file://<<OUTDIR>>" & name, p)
        Else
          Dim q(1) As New com.sun.star.beans.PropertyValue
          q(0).Name = "FilterName" : q(0).Value = filter
          If Right(name, 1) = "x" Then
            Dim key(1) As New com.sun.star.beans.NamedValue
            key(0).Name = "OOXPassword" : key(0).Value = password
            key(1).Name = "CryptoType" : key(1).Value = "Standard"
            q(1).Name = "EncryptionData" : q(1).Value = key
          Else
            q(1).Name = "Password" : q(1).Value = password
          End If
          doc.storeToURL("file://<<OUTDIR>>" & name, q)
        End If
      End Sub
      """;

  private final Map<String, byte[]> sources = new HashMap<>();
  private MacroBench bench;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    bench = new MacroBench(folder);
    var made =
        bench.run(
            Map.of("main.script", SOURCES), List.of(), _ -> {}, out -> sources.putAll(files(out)));
    assertThat(made.result()).isEqualTo(new EngineResult.Finished(null));
    assertThat(sources).hasSize(13);
  }

  @AfterAll
  void close() throws Exception {
    bench.close();
  }

  /** What was made of a job, and which files that left. */
  private record Converted(EngineResult result, Map<String, byte[]> files, String office) {

    JobError error() {
      return ((EngineResult.Failed) result).error();
    }

    byte[] only() {
      assertThat(result).isEqualTo(new EngineResult.Finished(null));
      assertThat(files).hasSize(1);
      return files.values().iterator().next();
    }
  }

  private Converted convert(String to, Map<String, Object> options, Map<String, byte[]> inputs)
      throws Exception {
    var files = new TreeMap<String, byte[]>();
    var ran =
        bench.convert(new Work.Convert(to, null, options), inputs, out -> files.putAll(files(out)));
    return new Converted(ran.result(), files, ran.office());
  }

  private Converted convert(String to, Map<String, Object> options, String... names)
      throws Exception {
    var inputs = new HashMap<String, byte[]>();
    for (var name : names) {
      inputs.put(name, source(name));
    }
    return convert(to, options, inputs);
  }

  private byte[] source(String name) {
    return Objects.requireNonNull(sources.get(name), name);
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    var found = new TreeMap<String, byte[]>();
    try (var all = Files.walk(folder)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return found;
  }

  @Test
  void aDocumentIsClosedWhenTheNextIsLoadedOrItsJobHasEnded() throws Exception {
    var closed = new ArrayList<String>();
    bench.convertAndLook(
        new Work.Convert("pdf", null, Map.of()),
        Map.of("letter.odt", source("letter.odt")),
        frame -> {
          assertThat(frame.isEmpty()).isFalse();
          watch(load(frame), new Closing(false, () -> closed.add("first")));
          watch(load(frame), new Closing(false, () -> closed.add("second")));
          assertThat(closed).containsExactly("first");
        });
    convert("pdf", Map.of(), "letter.odt"); // gets the office when it is clean again
    assertThat(closed).containsExactly("first", "second");
  }

  @Test
  void anOfficeWhoseDocumentDoesNotCloseServesNobodyElse() throws Exception {
    var ran =
        bench.convertAndLook(
            new Work.Convert("pdf", null, Map.of()),
            Map.of("letter.odt", source("letter.odt")),
            frame -> {
              watch(load(frame), new Closing(true, () -> {}));
              load(frame);
            });
    assertThat(ran.result()).isEqualTo(new EngineResult.Finished(null));
    assertThat(convert("pdf", Map.of(), "letter.odt").office()).isNotEqualTo(ran.office());
  }

  private static XComponent load(UnseenFrame frame) {
    try {
      return Objects.requireNonNull(
          frame.load("private:factory/swriter", UnoValues.array(Map.of("Hidden", true))));
    } catch (com.sun.star.io.IOException | com.sun.star.lang.IllegalArgumentException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void watch(XComponent document, XCloseListener listener) {
    OfficeBasic.query(XCloseBroadcaster.class, document).addCloseListener(listener);
  }

  /** Hears of a document's closing, unless it forbids it. */
  private record Closing(boolean forbidden, Runnable closed) implements XCloseListener {
    @Override
    public void queryClosing(EventObject source, boolean getsOwnership) throws CloseVetoException {
      if (forbidden) {
        throw new CloseVetoException("it stays", this);
      }
    }

    @Override
    public void notifyClosing(EventObject source) {
      closed.run();
    }

    @Override
    public void disposing(EventObject source) {}
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    "letter.odt, pdf, %PDF-",
    "letter.docx, pdf, %PDF-",
    "letter.doc, pdf, %PDF-",
    "letter.rtf, pdf, %PDF-",
    "letter.html, pdf, %PDF-",
    "letter.html, docx, PK",
    "letter.odt, docx, PK",
    "letter.odt, doc, \u00d0\u00cf",
    "letter.odt, rtf, {\\rtf",
    "letter.odt, png, \u0089PNG",
    "letter.docx, odt, PK",
    "letter.docx, html, <!DOCTYPE",
    "letter.odt, epub, PK",
    "table.ods, pdf, %PDF-",
    "table.ods, xlsx, PK",
    "table.xlsx, ods, PK",
    "table.xlsx, html, <!DOCTYPE",
    "talk.odp, pdf, %PDF-",
    "talk.odp, pptx, PK",
    "talk.pptx, odp, PK",
    "talk.pptx, jpg, \u00ff\u00d8",
    "plan.odg, svg, <?xml",
    "plan.odg, pdf, %PDF-"
  })
  void whatLibreOfficeReadsBecomesWhatItWrites(String from, String to, String begins)
      throws Exception {
    var converted = convert(to, Map.of(), from);
    assertThat(new String(converted.only(), ISO_8859_1)).startsWith(begins);
    assertThat(converted.files).containsOnlyKeys(from.replaceAll("\\..*", "." + to));
  }

  @Test
  void textKeepsItsLettersBothWays() throws Exception {
    assertThat(new String(convert("txt", Map.of(), "letter.docx").only(), UTF_8))
        .contains("Grüße vom Schreibtisch");
    for (var encoding : List.of(UTF_8, java.nio.charset.Charset.forName("windows-1252"))) {
      var odt = convert("odt", Map.of(), Map.of("note.txt", "Füße\n".getBytes(encoding))).only();
      assertThat(entry(odt, "content.xml")).contains("Füße");
    }
  }

  @Test
  void theSeparatorOfACsvIsFoundOut() throws Exception {
    for (var separator : List.of(",", ";", "\t")) {
      var csv =
          String.join(separator, "a", "b", "c") + "\n" + String.join(separator, "1", "ü", "3");
      var back =
          convert("csv", Map.of("separator", "|"), Map.of("x.csv", csv.getBytes(UTF_8))).only();
      assertThat(new String(back, UTF_8)).isEqualTo("a|b|c\n1|ü|3\n");
    }
  }

  @Test
  void aCsvIsWrittenAsAsked() throws Exception {
    assertThat(new String(convert("csv", Map.of(), "table.ods").only(), UTF_8))
        .isEqualTo("Name; first,1234.5\n");
    assertThat(
            new String(
                convert("csv", Map.of("separator", ";", "sheet", 1L), "table.ods").only(), UTF_8))
        .isEqualTo("\"Name; first\";1234.5\n");
    assertThat(
            new String(
                convert("csv", Map.of("sheet", 2L), "table.ods").files.values().iterator().next(),
                UTF_8))
        .isEqualTo("two\n");
    assertThat(convert("csv", Map.of("sheet", "all"), "table.ods").files).hasSize(2);
  }

  @Test
  void aPdfIsMadeAsAsked() throws Exception {
    var plain = convert("pdf", Map.of(), "letter.odt").only();
    var archive = convert("pdf", Map.of("pdfa", "2b", "tagged", true), "letter.odt").only();
    assertThat(new String(plain, ISO_8859_1)).doesNotContain("pdfaid:part");
    assertThat(new String(archive, ISO_8859_1)).contains("<pdfaid:part>2</pdfaid:part>");
    var locked = convert("pdf", Map.of("openPassword", "geheim"), "letter.odt").only();
    assertThat(new String(locked, ISO_8859_1)).contains("/Encrypt");
    var own = convert("pdf", Map.of("SelectPdfVersion", 1L), "letter.odt").only();
    assertThat(new String(own, ISO_8859_1)).contains("<pdfaid:part>1</pdfaid:part>");
  }

  @ParameterizedTest
  @CsvSource({"letter.odt", "letter.docx", "table.ods"})
  void pagesAreLaidAcrossWhenAsked(String name) throws Exception {
    for (var across : List.of(true, false)) {
      var pdf = new String(convert("pdf", Map.of("landscape", across), name).only(), ISO_8859_1);
      var page = Pattern.compile("/MediaBox ?\\[0 0 ([0-9.]+) ([0-9.]+)").matcher(pdf);
      assertThat(page.find()).isTrue();
      var isWide = Double.parseDouble(page.group(1)) > Double.parseDouble(page.group(2));
      assertThat(isWide).isEqualTo(across);
    }
  }

  @Test
  void anImageIsAsLargeAsAsked() throws Exception {
    var png = convert("png", Map.of("width", 320L, "height", 200L), "plan.odg").only();
    assertThat(png[18] << 8 | (png[19] & 0xff)).isEqualTo(320);
    assertThat(png[22] << 8 | (png[23] & 0xff)).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"locked.odt", "locked.docx", "locked.xlsx"})
  void aLockedDocumentOpensWithItsPasswordOnly(String name) throws Exception {
    assertThat(convert("pdf", Map.of(), name).error().code())
        .isEqualTo(ErrorCode.PASSWORD_REQUIRED);
    var wrong = convert("pdf", Map.of("password", "falsch"), name).error();
    assertThat(wrong.code()).isEqualTo(ErrorCode.PASSWORD_REQUIRED);
    assertThat(wrong.message()).contains("does not open it").doesNotContain("falsch");
    assertThat(new String(convert("pdf", Map.of("password", "geheim"), name).only(), ISO_8859_1))
        .startsWith("%PDF-");
  }

  @Test
  void whatIsNoDocumentIsRefusedAndNotTurnedIntoText() throws Exception {
    var noise = new byte[5000];
    new Random(17).nextBytes(noise);
    var office = convert("pdf", Map.of(), "letter.odt").office;
    for (var bad :
        Map.of(
                "noise.odt",
                noise,
                "noise.docx",
                noise,
                "noise.pdf",
                noise,
                "noise.txt",
                noise,
                "noise",
                noise,
                "text.odt",
                "only text\n".getBytes(UTF_8),
                "text.xlsx",
                "a,b\n1,2\n".getBytes(UTF_8),
                "empty.odt",
                new byte[0],
                "cut.odt",
                Arrays.copyOf(source("letter.odt"), 3000),
                "cut.docx",
                Arrays.copyOf(source("letter.docx"), 3000))
            .entrySet()) {
      var converted = convert("pdf", Map.of(), Map.of(bad.getKey(), bad.getValue()));
      assertThat(converted.error().code()).as(bad.getKey()).isEqualTo(ErrorCode.BAD_DOCUMENT);
      assertThat(converted.error().message()).contains("'" + bad.getKey() + "'");
      assertThat(converted.files).isEmpty();
      assertThat(converted.office).as("none of them harms the office").isEqualTo(office);
    }
  }

  @Test
  void aMacroThatEndsTheWindowOfConversionsCostsTheNextDocumentNothing() throws Exception {
    var office = convert("pdf", Map.of(), "letter.odt").office;
    var ended =
        bench.run(
            Map.of(
                "main.script",
                """
                Function Main
                  Dim toolkit, before ' the last one is the office's own
                  toolkit = CreateUnoService("com.sun.star.awt.Toolkit")
                  before = toolkit.TopWindowCount
                  toolkit.getTopWindow(0).dispose()
                  Main = before & " windows, then " & toolkit.TopWindowCount
                End Function
                """),
            List.of(),
            _ -> {},
            _ -> {});
    assertThat(ended.result()).isEqualTo(new EngineResult.Finished("2 windows, then 1"));
    assertThat(ended.office()).isEqualTo(office);
    var next = convert("pdf", Map.of(), "letter.odt");
    assertThat(new String(next.only(), ISO_8859_1)).startsWith("%PDF-");
    assertThat(next.office).isEqualTo(office);
  }

  @Test
  void noMacroComesUponTheFrameThatDocumentsAreConvertedIn() throws Exception {
    convert("pdf", Map.of(), "letter.odt");
    var seen =
        bench.run(
            Map.of(
                "main.script",
                """
                Function Main
                  Main = StarDesktop.Frames.Count & " frames, " & IsNull(StarDesktop.CurrentFrame)
                End Function
                """),
            List.of(),
            _ -> {},
            _ -> {});
    assertThat(seen.result()).isEqualTo(new EngineResult.Finished("0 frames, True"));
  }

  @Test
  void whatADocumentIsCountsNotItsName() throws Exception {
    for (var other : List.of("letter.docx", "letter.rtf", "letter.html")) {
      var pdf = convert("pdf", Map.of(), Map.of("old.doc", source(other))).only();
      assertThat(new String(pdf, ISO_8859_1)).as(other).startsWith("%PDF-");
    }
  }

  @Test
  void oneBadDocumentDoesNotCostTheOthers() throws Exception {
    var converted =
        convert(
            "pdf",
            Map.of(),
            Map.of(
                "a.odt", source("letter.odt"),
                "b/bad one.odt", "no".getBytes(UTF_8),
                "b/ü c.docx", source("letter.docx"),
                "same.doc", source("letter.doc"),
                "same.rtf", source("letter.rtf")));
    assertThat(converted.error())
        .isEqualTo(
            JobError.of(
                ErrorCode.BAD_DOCUMENT,
                "1 of 5 documents were not converted: 'b/bad one.odt': it is not what its name"
                    + " says, nor anything else that LibreOffice knows"));
    assertThat(converted.files)
        .containsOnlyKeys("a.pdf", "b/ü c.pdf", "same.doc.pdf", "same.rtf.pdf");
  }

  @Test
  void whatCannotBeIsSaidWithWhatCan() throws Exception {
    assertThat(convert("xlsx", Map.of(), "letter.odt").error().message())
        .contains("a text document cannot be written as 'xlsx', but as ")
        .contains("docx");
    assertThat(convert("nonsense", Map.of(), "table.ods").error().code())
        .isEqualTo(ErrorCode.BAD_JOB);
    assertThat(convert("pdf", Map.of()).error().code()).isEqualTo(ErrorCode.INPUT_MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "pdf, pagse, 1, There is no option 'pagse' for 'pdf'; there are",
    "pdf, pages, first, The option 'pages' cannot be 'first': it is page numbers and ranges",
    "pdf, pdfa, 9, The option 'pdfa' cannot be '9': it is one of 1b",
    "csv, separator, ::, The option 'separator' cannot be '::': it is one character",
    "docx, pages, 1, There is no option 'pages' for 'docx'; there are password"
  })
  void anOptionThatMakesNoSenseIsNamed(String to, String name, String value, String message)
      throws Exception {
    var error = convert(to, Map.of(name, value), "letter.odt").error();
    assertThat(error.code()).isEqualTo(ErrorCode.BAD_JOB);
    assertThat(error.message()).startsWith(message);
  }

  private static String entry(byte[] zip, String name) throws IOException {
    try (var in = new ZipInputStream(new java.io.ByteArrayInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return new String(in.readAllBytes(), UTF_8);
        }
      }
    }
    throw new IllegalArgumentException("no " + name);
  }
}
