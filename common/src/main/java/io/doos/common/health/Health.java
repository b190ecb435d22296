package io.doos.common.health;

import java.util.List;

/** How a process was when all its checks were looked at. */
public record Health(List<Check> checks) {

  public Health {
    checks = List.copyOf(checks);
  }

  public boolean isOk() {
    return checks.stream().allMatch(Check::ok);
  }
}
