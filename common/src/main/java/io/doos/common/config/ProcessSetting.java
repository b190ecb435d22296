package io.doos.common.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Workers, and every process of the farm. */
public final class ProcessSetting {

  public static final Setting<Optional<String>> WORKER_NAME =
      new Setting<>(
          "worker.name",
          Form.optional(
              Form.text(
                  "name",
                  "a name of 1 to 128 letters, digits, '.', '_' or '-'",
                  Pattern.compile("[A-Za-z0-9._-]{1,128}"))),
          "",
          "what statuses call the worker; without it, host and process");

  public static final Setting<String> WORKER_POOL =
      new Setting<>(
          "worker.pool", Form.plainName(), "default", "the pool whose jobs the worker takes");

  public static final Setting<Integer> WORKER_STAGE =
      new Setting<>(
          "worker.stage",
          Form.whole(0, 1024),
          "2",
          "how many jobs beyond its offices a worker fetches ahead");

  public static final Setting<Optional<Integer>> WORKER_HTTP_PORT =
      new Setting<>(
          "worker.http-port",
          Form.optional(Form.port()),
          "",
          "port where a worker tells its health over HTTP, such as 8581; without it, nowhere");

  public static final Setting<Duration> STOP_GRACE =
      new Setting<>(
          "stop.grace",
          Form.duration(Duration.ofHours(24)),
          "30s",
          "how long running jobs and requests may finish when the process is stopped");

  public static final Setting<LogLevel> LOG_LEVEL =
      new Setting<>("log.level", Form.word(LogLevel.class), "info", "the least that is logged");

  public static final Setting<LogFormat> LOG_FORMAT =
      new Setting<>(
          "log.format",
          Form.word(LogFormat.class),
          "text",
          "a line for people, or a JSON object a line");

  static final List<Setting<?>> ALL =
      List.of(
          WORKER_NAME,
          WORKER_POOL,
          WORKER_STAGE,
          WORKER_HTTP_PORT,
          STOP_GRACE,
          LOG_LEVEL,
          LOG_FORMAT);

  private ProcessSetting() {}
}
