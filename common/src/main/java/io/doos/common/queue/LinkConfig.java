package io.doos.common.queue;

import java.time.Duration;

/**
 * How to reach the broker and how patient to be with it.
 *
 * @param url {@code amqp[s]://user:password@host:port/vhost}; user, password, port and vhost may be
 *     missing ({@code guest}, {@code guest}, 5672 or 5671, {@code /})
 * @param connectTimeout for each step of connecting, and for each call on a connection
 * @param heartbeat a peer silent for two of these is dead; whole seconds, at least 1
 * @param shortestBackOff before the first attempt after a lost connection
 * @param longestBackOff between attempts
 * @param confirmTimeout how long a publisher waits for the broker's confirm
 * @param closeTimeout how long a close waits for the broker's answer
 */
public record LinkConfig(
    String url,
    Duration connectTimeout,
    Duration heartbeat,
    Duration shortestBackOff,
    Duration longestBackOff,
    Duration confirmTimeout,
    Duration closeTimeout) {

  /**
   * @throws IllegalArgumentException saying what is wrong, without the credentials
   */
  public LinkConfig {
    BrokerUrl.parse(url);
    if (heartbeat.toSeconds() < 1) {
      throw new IllegalArgumentException("the heartbeat is shorter than a second");
    }
    for (var time :
        new Duration[] {
          connectTimeout, shortestBackOff, longestBackOff, confirmTimeout, closeTimeout
        }) {
      if (!time.isPositive()) {
        throw new IllegalArgumentException("a time of the broker link is not positive");
      }
    }
  }

  /** Sensible times for a broker on the same network. */
  public static LinkConfig of(String url) {
    return new LinkConfig(
        url,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofMillis(100),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofSeconds(2));
  }

  BrokerUrl parsedUrl() {
    return BrokerUrl.parse(url);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "LinkConfig[" + parsedUrl() + ", heartbeat=" + heartbeat + "]";
  }
}
