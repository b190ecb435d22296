package io.doos.common.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The CLISER door. */
public final class CliserSetting {

  public static final Setting<Optional<Integer>> CLISER_PORT =
      new Setting<>(
          "cliser.port",
          Form.optional(Form.port()),
          "",
          "port of the CLISER door, usually 6570; without it, the door stays shut");

  public static final Setting<Optional<Integer>> CLISER_TLS_PORT =
      new Setting<>(
          "cliser.tls-port",
          Form.optional(Form.port()),
          "",
          "port of the CLISER door over TLS, such as 6571; without it, there is none");

  public static final Setting<AddressList> CLISER_ALLOW =
      new Setting<>(
          "cliser.allow",
          Form.addresses(),
          "",
          "addresses that may use the CLISER ports; empty for all");

  public static final Setting<Integer> CLISER_MAX_SESSIONS =
      new Setting<>(
          "cliser.max-sessions",
          Form.whole(1, 1_000_000),
          "1000",
          "most CLISER sessions at a time; further clients are told to try again later");

  public static final Setting<Duration> CLISER_SESSION_TIMEOUT =
      new Setting<>(
          "cliser.session-timeout",
          Form.duration(Form.WEEK),
          "10m",
          "how long a CLISER session may rest between documents");

  public static final Setting<String> CLISER_POOL =
      new Setting<>(
          "cliser.pool", Form.plainName(), "default", "the pool that formats what comes by CLISER");

  static final List<Setting<?>> ALL =
      List.of(
          CLISER_PORT,
          CLISER_TLS_PORT,
          CLISER_ALLOW,
          CLISER_MAX_SESSIONS,
          CLISER_SESSION_TIMEOUT,
          CLISER_POOL);

  private CliserSetting() {}
}
