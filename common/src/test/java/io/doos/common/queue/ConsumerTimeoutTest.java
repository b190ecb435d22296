package io.doos.common.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class ConsumerTimeoutTest {

  private static Map<String, Object> rabbit(String version) {
    return Map.of("product", "RabbitMQ", "version", version);
  }

  @Test
  void aConsumerAsksForTwiceAsLongAsItsJobsMayTakeAndForNoLessThanTheUsual() {
    assertThat(new ConsumerTimeout(Duration.ofMinutes(45)).argument())
        .containsOnly(Map.entry("x-consumer-timeout", 5_400_000L));
    assertThat(new ConsumerTimeout(Duration.ofMinutes(1)).argument())
        .containsOnly(Map.entry("x-consumer-timeout", 1_800_000L));
    assertThat(new ConsumerTimeout(Duration.ofDays(20)).argument())
        .containsOnly(Map.entry("x-consumer-timeout", 2_147_483_647L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.8.9", "3.10.8", "3.11.28"})
  void aBrokerThatCannotBeToldNeedsItsSettingChangedForLongJobs(String version) {
    assertThat(new ConsumerTimeout(Duration.ofMinutes(50)).notice(rabbit(version)))
        .hasValueSatisfying(notice -> {
          assertThat(notice.level()).isEqualTo(Level.INFO);
          assertThat(notice.text())
              .contains(
                  "RabbitMQ " + version,
                  "for 50 min",
                  "consumer_timeout = 6000000 in rabbitmq.conf",
                  "lower job.max-timeout");
        });
    assertThat(new ConsumerTimeout(Duration.ofMinutes(30)).notice(rabbit(version))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.12.0", "3.13.7", "4.0.5", "4.3.0-rc.1"})
  void aBrokerThatIsToldNeedsNothingUnlessJobsTakeWeeks(String version) {
    assertThat(new ConsumerTimeout(Duration.ofDays(7)).notice(rabbit(version))).isEmpty();
    assertThat(new ConsumerTimeout(Duration.ofDays(40)).notice(rabbit(version)))
        .hasValueSatisfying(notice -> {
          assertThat(notice.level()).isEqualTo(Level.WARN);
          assertThat(notice.text()).contains("lower job.max-timeout");
        });
  }

  @Test
  void otherBrokersHaveNoSuchTime() {
    assertThat(
            new ConsumerTimeout(Duration.ofDays(7))
                .notice(Map.of("product", "qpid", "version", "10.1.0")))
        .isEmpty();
    assertThat(new ConsumerTimeout(Duration.ofDays(7)).notice(Map.of())).isEmpty();
  }
}
