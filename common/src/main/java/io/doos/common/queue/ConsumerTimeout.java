package io.doos.common.queue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.event.Level;

/**
 * How long a broker lets a worker keep a job unacked before it takes the job away and gives it to
 * another. RabbitMQ 3.12 and later are told by the consumer, over whatever else is set there;
 * earlier ones know one time for all, half an hour unless their configuration says otherwise, and
 * do not tell it. Qpid Broker-J has no such time.
 *
 * @param longest how long a job may stay with the worker
 */
record ConsumerTimeout(Duration longest) {

  /** What every RabbitMQ has until it is told otherwise. */
  static final Duration USUAL = Duration.ofMinutes(30);

  /** More than this a RabbitMQ does not take, in milliseconds: 24 days. */
  private static final long MOST_MS = Integer.MAX_VALUE;

  private static final int ROOM = 2;
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  /** What a consumer says when it begins. */
  Map<String, Object> argument() {
    return Map.of("x-consumer-timeout", wantedMs());
  }

  /**
   * Something that an operator should know.
   *
   * @param level how urgently: a broker that does not tell its time is no fault by itself, and only
   *     jobs that ask for the most can outlast it
   */
  record Notice(Level level, String text) {}

  /** What there is to know about the broker with these properties, if anything. */
  Optional<Notice> notice(Map<String, Object> server) {
    var product = String.valueOf(server.get("product"));
    var version = VERSION.matcher(String.valueOf(server.get("version")));
    if (longest.compareTo(USUAL) <= 0 || !product.equals("RabbitMQ") || !version.matches()) {
      return Optional.empty();
    }
    if (isTold(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)))) {
      return longest.toMillis() <= MOST_MS
          ? Optional.empty()
          : notice(
              Level.WARN,
              "A job may stay with a worker for %s, but RabbitMQ takes it away after %s: lower job.max-timeout"
                  .formatted(minutes(longest), minutes(Duration.ofMillis(MOST_MS))));
    }
    return notice(
        Level.INFO,
        ("RabbitMQ %s takes a job away from its worker, to run it once more, when it is not done within the broker's"
                + " consumer_timeout: %s unless rabbitmq.conf says otherwise, which cannot be seen from here. A job may"
                + " stay with a worker for %s. Set consumer_timeout = %d in rabbitmq.conf, or lower job.max-timeout")
            .formatted(version.group(), minutes(USUAL), minutes(longest), wantedMs()));
  }

  private static Optional<Notice> notice(Level level, String text) {
    return Optional.of(new Notice(level, text));
  }

  private long wantedMs() {
    var wanted = longest.compareTo(USUAL) <= 0 ? USUAL : longest.multipliedBy(ROOM);
    return Math.min(wanted.toMillis(), MOST_MS);
  }

  private static boolean isTold(int major, int minor) {
    return major > 3 || (major == 3 && minor >= 12);
  }

  private static String minutes(Duration time) {
    return time.toMinutes() + " min";
  }
}
