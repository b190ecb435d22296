package io.doos.common.config;

import java.time.Duration;
import java.util.List;

/** What a job may take while it runs, and how much it may bring. */
public final class LimitSetting {

  public static final Setting<Duration> JOB_MAX_CPU =
      new Setting<>(
          "job.max-cpu",
          Form.duration(Form.WEEK),
          "20m",
          "most CPU time of a job, all its processes together");

  public static final Setting<ByteSize> JOB_MAX_DISK =
      new Setting<>(
          "job.max-disk",
          Form.size(new ByteSize(64L << 20), ByteSize.TIB),
          "4GiB",
          "most bytes that a job may have on the worker's disk while it runs, wherever it writes");

  public static final Setting<Integer> JOB_MAX_INPUT_FILES =
      new Setting<>(
          "job.max-input-files",
          Form.whole(1, 65_534),
          "10000",
          "most files that a job may bring, unzipped");

  static final List<Setting<?>> ALL = List.of(JOB_MAX_CPU, JOB_MAX_DISK, JOB_MAX_INPUT_FILES);

  private LimitSetting() {}
}
