package io.doos.common.config;

import java.time.Duration;
import java.util.List;

/** What a job may take, and how it is watched. */
public final class JobSetting {

  public static final Setting<Duration> JOB_TIMEOUT =
      new Setting<>(
          "job.timeout",
          Form.duration(Form.WEEK),
          "30s",
          "how long a job may run that asks for no time");

  public static final Setting<Duration> JOB_MAX_TIMEOUT =
      new Setting<>(
          "job.max-timeout",
          Form.duration(Form.WEEK),
          "10m",
          "the most that a job may ask for; keep well below the broker's consumer timeout");

  public static final Setting<Integer> JOB_MAX_ATTEMPTS =
      new Setting<>(
          "job.max-attempts",
          Form.whole(1, 100),
          "2",
          "how many offices a job may crash before it has failed");

  public static final Setting<Integer> JOB_MAX_LOST =
      new Setting<>(
          "job.max-lost",
          Form.whole(1, 100),
          "5",
          "how many workers may vanish under a job before it has failed");

  public static final Setting<ByteSize> JOB_MAX_OUTPUT =
      new Setting<>(
          "job.max-output",
          Form.size(ByteSize.KIB, ByteSize.TIB),
          "1GiB",
          "most bytes that a job may leave, unzipped");

  public static final Setting<Integer> JOB_MAX_OUTPUT_FILES =
      new Setting<>(
          "job.max-output-files",
          Form.whole(1, 1_000_000),
          "20000",
          "most files that a job may leave");

  public static final Setting<ByteSize> JOB_MAX_INPUT =
      new Setting<>(
          "job.max-input",
          Form.size(ByteSize.KIB, ByteSize.TIB),
          "1GiB",
          "most bytes that a job may bring, unzipped");

  public static final Setting<Duration> JOB_NOT_AFTER =
      new Setting<>(
          "job.not-after",
          Form.duration(Duration.ofDays(365)),
          "24h",
          "how long a job may wait to be run before it expires");

  public static final Setting<Duration> RETENTION =
      new Setting<>(
          "retention",
          Form.duration(Duration.ofDays(3650)),
          "7d",
          "how long results and statuses are kept");

  public static final Setting<Duration> WATCHDOG_INTERVAL =
      new Setting<>(
          "watchdog.interval",
          Form.duration(Duration.ofHours(1)),
          "5s",
          "how often offices are looked after");

  public static final Setting<Integer> WATCHDOG_MAX_EXTENSIONS =
      new Setting<>(
          "watchdog.max-extensions",
          Form.whole(0, 100),
          "1",
          "how often a job that is busy at its limit gets half its time again");

  public static final Setting<Double> WATCHDOG_MIN_CPU =
      new Setting<>(
          "watchdog.min-cpu",
          Form.percentage(),
          "10%",
          "the share of a core above which an office at its limit counts as busy");

  static final List<Setting<?>> ALL =
      List.of(
          JOB_TIMEOUT,
          JOB_MAX_TIMEOUT,
          JOB_MAX_ATTEMPTS,
          JOB_MAX_LOST,
          JOB_MAX_OUTPUT,
          JOB_MAX_OUTPUT_FILES,
          JOB_MAX_INPUT,
          JOB_NOT_AFTER,
          RETENTION,
          WATCHDOG_INTERVAL,
          WATCHDOG_MAX_EXTENSIONS,
          WATCHDOG_MIN_CPU);

  private JobSetting() {}
}
