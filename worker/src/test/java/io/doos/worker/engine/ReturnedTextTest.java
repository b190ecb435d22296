package io.doos.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.star.uno.Any;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReturnedTextTest {

  @Test
  void nothingReturnedIsNoText() {
    assertThat(ReturnedText.of(null)).isNull();
    assertThat(ReturnedText.of(Any.VOID)).isNull();
  }

  @Test
  void numbersHaveNoNeedlessFraction() {
    assertThat(ReturnedText.of(2.0)).isEqualTo("2");
    assertThat(ReturnedText.of(2.5)).isEqualTo("2.5");
    assertThat(ReturnedText.of(0.1f)).isEqualTo("0.1");
    assertThat(ReturnedText.of((short) 7)).isEqualTo("7");
    assertThat(ReturnedText.of(1e300)).isEqualTo("1.0E300");
  }

  @Test
  void arraysAreListed() {
    assertThat(ReturnedText.of(new Object[] {1, "a", new Object[] {true, Any.VOID}}))
        .isEqualTo("[1, a, [True, ]]");
    assertThat(ReturnedText.of(new int[] {1, 2})).isEqualTo("[1, 2]");
  }

  @Test
  void longTextIsCutBetweenCharacters() {
    var text = ReturnedText.of("a" + "ä".repeat(5000));
    assertThat(text).isEqualTo("a" + "ä".repeat(2047));
    assertThat(String.valueOf(text).getBytes(StandardCharsets.UTF_8)).hasSize(4095);
  }
}
