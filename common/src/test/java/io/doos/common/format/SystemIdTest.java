package io.doos.common.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemIdTest {

  @ParameterizedTest
  @CsvSource({
    "file:///home/anna/doc.fo, logo.png, file:///home/anna/logo.png",
    "file:/home/anna/doc.fo, ../logo.png, file:///home/logo.png",
    "/home/anna/doc.fo, logo.png, file:///home/anna/logo.png",
    "C:\\docs\\a.fo, pictures\\b c.png, file:///C:/docs/pictures/b%20c.png",
    "doc.fo, logo.png, logo.png",
    "sub/doc.fo, ../../logo.png, ../logo.png",
    "doc.fo, file:///etc/passwd, file:///etc/passwd",
    "doc.fo, https://example.org/a.png#b, https://example.org/a.png",
    "https://example.org/a//b/doc.fo, c.png, https://example.org/a//b/c.png",
    "https://example.org/a//b/doc.fo, ../c.png, https://example.org/a//c.png",
    "https://example.org/a//b/doc.fo, ../../c.png, https://example.org/a/c.png",
    "https://example.org/a/doc.fo, /b//./c//d.png, https://example.org/b//c//d.png",
    "https://example.org/a/doc.fo, //images.example.org//b.png, https://images.example.org//b.png",
    "https://example.org/doc.fo, https://example.org/a//b.png?c//d, https://example.org/a//b.png?c//d",
    "https://example.org/a/doc.fo?x, ?y, https://example.org/a/doc.fo?y",
    "https://example.org, a.png, https://example.org/a.png",
    "https://example.org/a/doc.fo, ./, https://example.org/a/",
    "https://example.org/a/b/doc.fo, .., https://example.org/a/",
    "file:////server/share/doc.fo, logo.png, file:////server/share/logo.png",
    "file:////server/share/doc.fo, /logo.png, file:///logo.png",
    "sub/doc.fo, ../../../a/../b.png, ../../b.png",
    "doc.fo, a[1].png, a%5B1%5D.png",
    "https://[::1]/a/doc.fo, b[2].png?c[3], https://[::1]/a/b%5B2%5D.png?c[3]",
  })
  void aReferenceIsRelativeToItsDocument(String document, String reference, String expected) {
    var resolved = SystemId.ofDocument(document).resolve(reference);
    assertThat(resolved.map(SystemId::forClient)).contains(expected);
  }

  @Test
  void aDocumentIsInAFolder() {
    assertThat(SystemId.ofDocument("doc.fo").folder()).hasToString("job:/");
    assertThat(SystemId.ofDocument("/home/anna/doc.fo").folder()).hasToString("file:///home/anna/");
    assertThat(SystemId.ofDocument("https://example.org/a//doc.fo?x").folder())
        .hasToString("https://example.org/a//");
  }

  @Test
  void whatStandsForItselfIsNoFile() {
    var document = SystemId.ofDocument("doc.fo");
    assertThat(document.resolve("data:image/png;base64,AAAA")).isEmpty();
    assertThat(document.resolve("#there")).isEmpty();
    assertThat(document.resolve("")).isEmpty();
  }

  @Test
  void aFileOfAJobIsFoundByItsName() {
    for (var name : List.of("a b/ü%.png", "report[1].fo", "x/[1]?/y#z")) {
      assertThat(SystemId.ofFile(name).jobFile()).contains(name);
    }
    assertThat(SystemId.ofDocument("file:///a").jobFile()).isEmpty();
    var document = SystemId.ofDocument("doc.fo");
    assertThat(document.resolve("//x").flatMap(SystemId::jobFile)).isEmpty();
    assertThat(document.resolve("//x/y.png").flatMap(SystemId::jobFile)).isEmpty();
  }

  @Test
  void whatIsNoNameIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SystemId.ofDocument("mailto:anna"));
  }

  @Test
  void optionsAreJudged() {
    assertThat(FormatOption.judge("pdf_a", "PDF/A-2b"))
        .isEqualTo(new FormatOption.Verdict.Good(FormatOption.PDF_A));
    assertThat(FormatOption.judge("PDF_A", "9z").toString()).contains("expected");
    assertThat(FormatOption.judge("LICENSE", "x").toString()).contains("nothing like");
    assertThat(FormatOption.judge("NONSENSE", "x").toString()).contains("no option");
  }
}
