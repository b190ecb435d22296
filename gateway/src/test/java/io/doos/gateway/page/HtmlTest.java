package io.doos.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void whatComesFromOutsideIsText() {
    assertThat(Html.of("<p title=\"{}\">{}</p>", "\"><script>", "a & <b> 'c' {}"))
        .hasToString("<p title=\"&quot;&gt;&lt;script&gt;\">a &amp; &lt;b&gt; &#39;c&#39; {}</p>");
  }

  @Test
  void piecesOfHtmlStayWhatTheyAre() {
    var one = Html.of("<b>{}</b>", 1);
    assertThat(Html.of("{}{}{}", one, List.of(one, one), Html.maybe(Optional.empty())))
        .hasToString("<b>1</b><b>1</b><b>1</b>");
  }

  @Test
  void whatIsNotSeenOrTurnsTextAroundIsMarked() {
    assertThat(Html.of("{}", "a\u0000b\u202Egpj.exe\u2066\u001B[31m"))
        .hasToString("a\uFFFDb\uFFFDgpj.exe\uFFFD\uFFFD[31m");
  }

  @Test
  void aTemplateHasAValueForEachHole() {
    assertThatThrownBy(() -> Html.of("{}{}", 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Html.of("{}", 1, 2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void figuresAreForPeople() {
    assertThat(Words.of(Duration.ofMillis(43))).isEqualTo("43 ms");
    assertThat(Words.of(Duration.ofMillis(2140))).isEqualTo("2.1 s");
    assertThat(Words.of(Duration.ofSeconds(243))).isEqualTo("4 min 3 s");
    assertThat(Words.of(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    assertThat(Words.of(Duration.ofHours(50))).isEqualTo("2 d 2 h");
    assertThat(Words.of(Duration.ofMillis(-5))).isEqualTo("0 ms");
    assertThat(Words.bytes(0)).isEqualTo("0 B");
    assertThat(Words.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Words.bytes(120_000_000)).isEqualTo("114 MiB");
    assertThat(Words.count(1234567)).isEqualTo("1\u2009234\u2009567");
  }

  @Test
  void onlyWhatCannotHoldAScriptIsPreviewed() {
    assertThat(Preview.type("a/b.PDF")).contains("application/pdf");
    assertThat(Preview.type("photo.jpeg")).contains("image/jpeg");
    for (var name : List.of("a.svg", "a.html", "a.xml", "a.pdf.htm", "a.")) {
      assertThat(Preview.type(name)).as(name).isEmpty();
    }
  }
}
