package io.doos.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FormTest {

  @Test
  void durationsHaveOneUnit() {
    var form = Form.duration(Duration.ofDays(7));

    assertThat(form.parser().apply("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(form.parser().apply("5s")).isEqualTo(Duration.ofSeconds(5));
    assertThat(form.parser().apply("10m")).isEqualTo(Duration.ofMinutes(10));
    assertThat(form.parser().apply("36h")).isEqualTo(Duration.ofHours(36));
    assertThat(form.parser().apply("7d")).isEqualTo(Duration.ofDays(7));
    refuses(form, "", "5", "0s", "-1s", "8d", "1.5h", "5 weeks", "99999999999s");
  }

  @Test
  void theLongestDurationIsToldInItsLargestUnit() {
    assertThat(Form.duration(Duration.ofDays(7)).expected()).endsWith("at most 7d");
    assertThat(Form.duration(Duration.ofHours(36)).expected()).endsWith("at most 36h");
    assertThat(Form.duration(Duration.ofMinutes(1)).expected()).endsWith("at most 1m");
  }

  @Test
  void sizesHaveOneUnitOf1024Steps() {
    var form = Form.size(new ByteSize(1), ByteSize.parse("1TiB"));

    assertThat(form.parser().apply("64KiB")).isEqualTo(new ByteSize(65_536));
    assertThat(form.parser().apply("3 MiB")).hasToString("3MiB");
    assertThat(form.parser().apply("1000B")).hasToString("1000B");
    refuses(form, "", "5", "0B", "64KB", "64k", "-1MiB", "2TiB", "999999999999999999TiB");
  }

  @Test
  void portsPercentagesWordsAndTruths() {
    assertThat(Form.port().parser().apply("0")).isZero();
    refuses(Form.port(), "", "65536", "-1", "http", "1.0");
    assertThat(Form.percentage().parser().apply("25%")).isEqualTo(0.25);
    refuses(Form.percentage(), "25", "101%", "-1%", "%");
    assertThat(Form.word(JailMode.class).parser().apply("preferred")).isEqualTo(JailMode.PREFERRED);
    refuses(Form.word(JailMode.class), "", "PREFERRED", "maybe");
    assertThat(Form.truth().parser().apply("true")).isTrue();
    refuses(Form.truth(), "", "yes", "TRUE", "1");
  }

  @Test
  void urlsHaveOneOfTheSchemesAndAHost() {
    var form = Form.uri("http", "https");

    assertThat(form.parser().apply("https://store:9000/x")).hasHost("store").hasPort(9000);
    refuses(form, "", "store:9000", "ftp://store", "http:///x", "//store/x", "http://a b", "/x");
    assertThat(form.shown().apply("http://u:p@ss@store")).isEqualTo("http://(hidden)@store");
    assertThat(form.shown().apply("u:p@store")).isEqualTo("(hidden)@store");
    assertThat(form.shown().apply("http://store")).isEqualTo("http://store");
  }

  @Test
  void languagesAndZonesAreKnownOnes() {
    assertThat(Form.locale().parser().apply("de-CH")).isEqualTo(Locale.of("de", "CH"));
    refuses(Form.locale(), "", "german language", "de_CH");
    assertThat(Form.timeZone().parser().apply("Europe/Berlin"))
        .isEqualTo(ZoneId.of("Europe/Berlin"));
    refuses(Form.timeZone(), "", "Mars/Olympus", "+01:00");
  }

  @Test
  void anOptionalIsAbsentWhenEmpty() {
    assertThat(Form.optional(Form.port()).parser().apply("")).isEmpty();
    assertThat(Form.optional(Form.port()).parser().apply("1")).contains(1);
    refuses(Form.optional(Form.port()), "x");
  }

  private static void refuses(Form<?> form, String... texts) {
    for (var text : texts) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> form.parser().apply(text));
    }
  }
}
