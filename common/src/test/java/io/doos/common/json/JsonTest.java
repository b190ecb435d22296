package io.doos.common.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void nestingWithoutEndIsNotJson() {
    assertThatThrownBy(() -> Json.fields("[".repeat(100_000).getBytes(UTF_8)))
        .isInstanceOf(BadJsonException.class)
        .hasMessageStartingWith("not JSON: ");
  }

  @Test
  void whatIsNotJsonIsNamedWithItsPlace() {
    assertThatThrownBy(() -> Json.fields("{,".getBytes(UTF_8)))
        .isInstanceOf(BadJsonException.class)
        .hasMessageStartingWith("not JSON at line 1, column 2");
  }

  @Test
  void aListIsNoObject() {
    assertThatThrownBy(() -> Json.fields("[1]".getBytes(UTF_8)))
        .isInstanceOf(BadJsonException.class)
        .hasMessage("not a JSON object");
  }
}
