package io.doos.common.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What the HTTP door lets its clients do. */
public final class HttpSetting {

  /** What the store keeps of other jobs is never an input. */
  private static final Pattern PREFIXES =
      Pattern.compile(
          "(?!.*(^|,)(input|output|bundle|janitor|webhook)/)"
              + "[A-Za-z0-9._-][A-Za-z0-9._/-]*/(,[A-Za-z0-9._-][A-Za-z0-9._/-]*/)*");

  public static final Setting<String> HTTP_OBJECT_PREFIXES =
      new Setting<>(
          "http.object-prefixes",
          Form.text(
              "prefixes",
              "prefixes of object keys that end in '/', with commas between, none of the farm's own",
              PREFIXES),
          "templates/",
          "where in the bucket a job that comes over HTTP may name its inputs");

  public static final Setting<Duration> HTTP_MAX_WAIT =
      new Setting<>(
          "http.max-wait",
          Form.duration(Duration.ofHours(1)),
          "2m",
          "the most that a request may wait for a job to end");

  public static final Setting<Duration> HTTP_CONVERSION_TIMEOUT =
      new Setting<>(
          "http.conversion-timeout",
          Form.duration(Duration.ofHours(1)),
          "2m",
          "how long a client waits for a conversion that is answered at once; then it is cancelled");

  public static final Setting<String> HTTP_CONVERT_POOL =
      new Setting<>(
          "http.convert-pool",
          Form.plainName(),
          "default",
          "the pool of conversions that are answered at once");

  static final List<Setting<?>> ALL =
      List.of(HTTP_OBJECT_PREFIXES, HTTP_MAX_WAIT, HTTP_CONVERSION_TIMEOUT, HTTP_CONVERT_POOL);

  private HttpSetting() {}
}
