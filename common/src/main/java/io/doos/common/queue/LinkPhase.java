package io.doos.common.queue;

/**
 * Where a link to the broker is in its life: {@code CONNECTING → CONNECTED ⇄ BLOCKED → LOST →
 * CONNECTING …}, and from any of them {@code CLOSED}.
 */
public enum LinkPhase {
  /** An attempt is under way. */
  CONNECTING,
  /** Connected, and everything of ours is declared. */
  CONNECTED,
  /** Connected, but the broker takes no messages: an alarm for memory or disk is on. */
  BLOCKED,
  /** Not connected; the next attempt waits for its back-off. */
  LOST,
  /** Closed by us, for good. */
  CLOSED
}
