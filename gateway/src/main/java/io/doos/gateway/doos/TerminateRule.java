package io.doos.gateway.doos;

/** Who may stop the process by the {@code terminate} command. */
public enum TerminateRule {
  LOOPBACK,
  ANYONE,
  NEVER;

  boolean permits(boolean fromLoopback) {
    return switch (this) {
      case LOOPBACK -> fromLoopback;
      case ANYONE -> true;
      case NEVER -> false;
    };
  }
}
