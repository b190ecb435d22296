package io.doos.common.config;

/** Who may stop the process by the doos protocol's {@code terminate}. */
public enum TerminateFrom {
  /** Clients on this machine. */
  LOOPBACK,
  /** Every client that reaches the port. */
  ANYONE,
  /** Nobody. */
  NEVER
}
