package io.doos.common.uno;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpeningTest {

  @Test
  void whatAGatewaySaysIsUnderstoodOnceItIsThere() {
    var word = Opening.word(Duration.ofSeconds(3), "10.0.0.7:51234");
    for (var length = 1; length < word.length; length++) {
      assertThat(Opening.of(ByteBuffer.wrap(word, 0, length))).isInstanceOf(Opening.NeedMore.class);
    }
    assertThat(Opening.of(ByteBuffer.wrap(word)))
        .isEqualTo(new Opening.Gateway(Duration.ofSeconds(3), "10.0.0.7:51234", word.length));
  }

  @Test
  void aClientThatSpeaksUrpIsToldAtItsFirstByte() {
    assertThat(Opening.of(ByteBuffer.wrap(new byte[] {0}))).isInstanceOf(Opening.Client.class);
  }

  @Test
  void whatOnlyBeginsLikeAGatewayIsNoClient() {
    assertThat(Opening.of(ByteBuffer.wrap("DELETE / HTTP/1.1\n".getBytes(US_ASCII))))
        .isInstanceOf(Opening.Malformed.class);
    assertThat(Opening.of(ByteBuffer.wrap("D".repeat(Opening.LONGEST).getBytes(US_ASCII))))
        .isInstanceOf(Opening.Malformed.class);
  }

  @Test
  void aStrangeNameOfAClientDoesNotForgeAWord() {
    var word = Opening.word(Duration.ZERO, "a\nb c" + "x".repeat(300));
    assertThat(Opening.of(ByteBuffer.wrap(word)))
        .isInstanceOfSatisfying(
            Opening.Gateway.class,
            said -> assertThat(said.client()).startsWith("a?b?cx").hasSize(128));
  }
}
