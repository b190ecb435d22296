package io.doos.common.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
  })
  void aReferenceIsRelativeToItsDocument(String document, String reference, String expected) {
    var resolved = SystemId.ofDocument(document).resolve(reference);
    assertThat(resolved.map(SystemId::forClient)).contains(expected);
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
    assertThat(SystemId.ofFile("a b/ü%.png").jobFile()).contains("a b/ü%.png");
    assertThat(SystemId.ofDocument("file:///a").jobFile()).isEmpty();
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
