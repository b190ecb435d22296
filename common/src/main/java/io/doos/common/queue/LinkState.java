package io.doos.common.queue;

/**
 * Where a link to the broker is in its life. Pure: decides, does nothing. Every attempt to connect
 * is an incarnation with a number of its own, and news of another incarnation changes nothing.
 *
 * @param incarnation the number of the present attempt or connection, from 1
 * @param failures attempts that failed since a connection last stood
 */
record LinkState(Phase phase, int incarnation, int failures) {

  /**
   * The phases: {@code CONNECTING → CONNECTED ⇄ BLOCKED → LOST → CONNECTING …}, and from any of
   * them {@code CLOSED}.
   */
  enum Phase {
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

  /** What can happen to a link. */
  sealed interface Event {
    /** The attempt stands, with everything declared. */
    record Opened(int of) implements Event {}

    /** The attempt came to nothing. */
    record Failed(int of) implements Event {}

    /** The broker announced that it takes no messages for now. */
    record Blocked(int of) implements Event {}

    /** It takes messages again. */
    record Unblocked(int of) implements Event {}

    /** The connection is gone. */
    record Lost(int of) implements Event {}

    /** The back-off is over. */
    record Redial() implements Event {}

    /** We want no more. */
    record Close() implements Event {}
  }

  static LinkState first() {
    return new LinkState(Phase.CONNECTING, 1, 0);
  }

  LinkState on(Event event) {
    if (phase == Phase.CLOSED) {
      return this;
    }
    return switch (event) {
      case Event.Opened(int of) when isPresent(of, Phase.CONNECTING) ->
          new LinkState(Phase.CONNECTED, incarnation, 0);
      case Event.Failed(int of) when isPresent(of, Phase.CONNECTING) ->
          new LinkState(Phase.LOST, incarnation, failures + 1);
      case Event.Blocked(int of) when isPresent(of, Phase.CONNECTED) -> with(Phase.BLOCKED);
      case Event.Unblocked(int of) when isPresent(of, Phase.BLOCKED) -> with(Phase.CONNECTED);
      case Event.Lost(int of) when of == incarnation && isUp() -> with(Phase.LOST);
      case Event.Redial() when phase == Phase.LOST ->
          new LinkState(Phase.CONNECTING, incarnation + 1, failures);
      case Event.Close() -> with(Phase.CLOSED);
      case Event.Opened _,
          Event.Failed _,
          Event.Blocked _,
          Event.Unblocked _,
          Event.Lost _,
          Event.Redial _ ->
          this;
    };
  }

  /** Whether a connection stands, be it blocked. */
  boolean isUp() {
    return phase == Phase.CONNECTED || phase == Phase.BLOCKED;
  }

  private boolean isPresent(int of, Phase expected) {
    return of == incarnation && phase == expected;
  }

  private LinkState with(Phase next) {
    return new LinkState(next, incarnation, failures);
  }
}
