package io.doos.common.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinkConfigTest {

  @Test
  void whatAUrlLeavesOutHasItsDefault() {
    assertThat(BrokerUrl.parse("amqp://broker"))
        .isEqualTo(new BrokerUrl(false, "broker", 5672, "/", "guest", "guest"));
    assertThat(BrokerUrl.parse("amqps://me:p%40ss+word@broker/farm%2Fone"))
        .isEqualTo(new BrokerUrl(true, "broker", 5671, "farm/one", "me", "p@ss+word"));
  }

  @Test
  void credentialsAreNeverShown() {
    var config = LinkConfig.of("amqp://me:hush@broker:5673/farm");
    assertThat(config.toString()).contains("amqp://broker:5673/farm").doesNotContain("hush", "me:");
    assertThatThrownBy(() -> LinkConfig.of("amqp://me:hu sh@broker"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hu sh")
        .hasNoCause();
    assertThatThrownBy(() -> LinkConfig.of("http://me:hush@broker"))
        .hasMessageContaining("does not start with amqp://")
        .hasMessageNotContaining("hush");
  }
}
