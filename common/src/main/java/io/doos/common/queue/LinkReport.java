package io.doos.common.queue;

/**
 * How a link to the broker is, for health and operators.
 *
 * @param name what it is for: {@code publish} or {@code consume}
 * @param reason why it is not connected, or blocked, in a few words without credentials; empty
 *     while it is connected
 */
public record LinkReport(String name, LinkPhase phase, String reason) {

  /** Whether a connection stands, be it blocked: jobs in hand can be acked over it. */
  public boolean isUp() {
    return phase == LinkPhase.CONNECTED || phase == LinkPhase.BLOCKED;
  }
}
