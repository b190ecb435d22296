package io.doos.common.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who may use the doors, and how much. */
public final class AccessSetting {

  public static final Setting<Optional<Path>> ACCESS_FILE =
      new Setting<>(
          "access.file",
          Form.optional(Form.path()),
          "",
          "whose tokens and certificates open the doors, a line each as `doos token` prints it; without it, everybody who reaches them may do all");

  public static final Setting<AddressList> TCP_ALLOW =
      new Setting<>(
          "tcp.allow",
          Form.addresses(),
          "",
          "addresses that may use the doos protocol's ports, such as `10.0.0.0/8,fd00::/8`; empty for all");

  public static final Setting<AddressList> HTTP_ALLOW =
      new Setting<>(
          "http.allow",
          Form.addresses(),
          "",
          "addresses that may use the gateway's HTTP ports, health included; empty for all");

  public static final Setting<Integer> TENANT_MAX_OPEN_JOBS =
      new Setting<>(
          "tenant.max-open-jobs",
          Form.whole(1, 10_000_000),
          "500",
          "how many jobs a tenant may have that have not ended, unless its line in `access.file` says otherwise");

  static final List<Setting<?>> ALL =
      List.of(ACCESS_FILE, TCP_ALLOW, HTTP_ALLOW, TENANT_MAX_OPEN_JOBS);

  private AccessSetting() {}
}
