package io.doos.gateway.doos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PayloadSplitterTest {

  private static final String START = "::file start::";
  private static final String CONTENT = "::file content::";
  private static final String END = "::file end::";

  static Stream<Arguments> contentsThatHoldTokens() {
    return Stream.of(
        Arguments.of(""),
        Arguments.of(":"),
        Arguments.of("::"),
        Arguments.of("::file end"),
        Arguments.of("::file end:"),
        Arguments.of("text ::file end:: text"),
        Arguments.of(END),
        Arguments.of(END + END),
        Arguments.of(END + ":"),
        Arguments.of(END + "::file star"),
        Arguments.of(START),
        Arguments.of(START + "name" + CONTENT),
        Arguments.of(CONTENT + CONTENT),
        Arguments.of(START + END),
        Arguments.of(CONTENT + END + " " + START),
        Arguments.of("dnelif ::: file  "),
        Arguments.of("ends like the old server's trailing characters: filend"));
  }

  @ParameterizedTest
  @MethodSource
  void contentsThatHoldTokens(String content) {
    assertThat(split("a" + START + CONTENT + content + END)).containsExactly("", content);
    assertThat(split("a" + START + CONTENT + content + END + START + "b" + CONTENT + content + END))
        .containsExactly("", content, "b", content);
  }

  @Test
  void anEndTokenDirectlyFollowedByAStartTokenBeginsANewFile() {
    assertThat(split("a" + START + CONTENT + "one" + END + START + "two" + CONTENT + "x" + END))
        .containsExactly("", "one", "two", "x");
  }

  @Test
  void thereMayBeNoFile() {
    assertThat(split("statusJob" + START)).isEmpty();
  }

  @Test
  void namesMayEndInColons() {
    assertThat(split("a:" + START + "n::" + CONTENT + "x" + END)).containsExactly("n::", "x");
  }

  @Test
  void aStartTokenWithNothingAfterItIsNoFile() {
    assertThat(split("a" + START + "n" + CONTENT + "x" + END + START)).containsExactly("n", "x");
  }

  private static List<String> split(String payload) {
    var bytes = payload.getBytes(ISO_8859_1);
    var whole = split(bytes, bytes.length);
    for (var cut = 0; cut < bytes.length; cut++) {
      assertThat(split(bytes, cut)).as("cut at %d", cut).isEqualTo(whole);
    }
    return whole.files().stream()
        .flatMap(file -> Stream.of(text(bytes, file.name()), text(bytes, file.content())))
        .toList();
  }

  private static PayloadLayout split(byte[] bytes, int cut) {
    var splitter = new PayloadSplitter(Limits.DEFAULT);
    assertThat(splitter.feed(bytes, 0, cut)).isNull();
    assertThat(splitter.feed(bytes, cut, bytes.length - cut)).isNull();
    assertThat(splitter.end()).isNull();
    return splitter.layout();
  }

  private static String text(byte[] bytes, PayloadLayout.Span span) {
    return new String(bytes, (int) span.from(), (int) span.bytes(), ISO_8859_1);
  }
}
