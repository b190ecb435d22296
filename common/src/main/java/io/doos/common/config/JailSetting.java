package io.doos.common.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the jail of an office gives it, beyond what each of its processes may have. */
public final class JailSetting {

  public static final Setting<Optional<BigDecimal>> JAIL_CPU =
      new Setting<>(
          "jail.cpu",
          Form.optional(Form.decimal(new BigDecimal("0.1"), new BigDecimal(1024))),
          "2",
          "most cores that an office may keep busy, such as 1.5, where the worker may make control"
              + " groups; empty: all");

  static final List<Setting<?>> ALL = List.of(JAIL_CPU);

  private JailSetting() {}
}
