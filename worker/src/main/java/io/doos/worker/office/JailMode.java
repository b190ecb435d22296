package io.doos.worker.office;

import java.util.Locale;

/** Whether offices must be confined. */
public enum JailMode {
  /** No start without a jail. */
  REQUIRED,
  /** Without one, offices run in a process group of their own with limits, and that is logged. */
  PREFERRED;

  /**
   * As it is written in settings, {@code required} or {@code preferred}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static JailMode of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
