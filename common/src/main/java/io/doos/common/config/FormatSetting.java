package io.doos.common.config;

import java.util.List;
import java.util.Optional;

/** The formatting of XSL-FO documents. */
public final class FormatSetting {

  public static final Setting<Optional<Integer>> FORMAT_COUNT =
      new Setting<>(
          "format.count",
          Form.optional(Form.whole(1, 64)),
          "",
          "how many XSL-FO documents a worker formats at a time, the first formatter started with it; without it, as many as it has offices, started when documents come");

  public static final Setting<ByteSize> FORMAT_MEMORY =
      new Setting<>(
          "format.memory",
          Form.size(new ByteSize(64L << 20), ByteSize.TIB),
          "256MiB",
          "most memory for the formatting of one document");

  static final List<Setting<?>> ALL = List.of(FORMAT_COUNT, FORMAT_MEMORY);

  private FormatSetting() {}
}
