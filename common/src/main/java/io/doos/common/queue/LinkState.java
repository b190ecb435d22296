package io.doos.common.queue;

/**
 * Where a link to the broker is in its life. Pure: decides, does nothing. Every attempt to connect
 * is an incarnation with a number of its own, and news of another incarnation changes nothing.
 *
 * @param incarnation the number of the present attempt or connection, from 1
 * @param failures attempts that failed since a connection last stood
 */
record LinkState(LinkPhase phase, int incarnation, int failures) {

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
    return new LinkState(LinkPhase.CONNECTING, 1, 0);
  }

  LinkState on(Event event) {
    if (phase == LinkPhase.CLOSED) {
      return this;
    }
    return switch (event) {
      case Event.Opened(int of) when isPresent(of, LinkPhase.CONNECTING) ->
          new LinkState(LinkPhase.CONNECTED, incarnation, 0);
      case Event.Failed(int of) when isPresent(of, LinkPhase.CONNECTING) ->
          new LinkState(LinkPhase.LOST, incarnation, failures + 1);
      case Event.Blocked(int of) when isPresent(of, LinkPhase.CONNECTED) -> with(LinkPhase.BLOCKED);
      case Event.Unblocked(int of) when isPresent(of, LinkPhase.BLOCKED) ->
          with(LinkPhase.CONNECTED);
      case Event.Lost(int of) when of == incarnation && isUp() -> with(LinkPhase.LOST);
      case Event.Redial() when phase == LinkPhase.LOST ->
          new LinkState(LinkPhase.CONNECTING, incarnation + 1, failures);
      case Event.Close() -> with(LinkPhase.CLOSED);
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
    return phase == LinkPhase.CONNECTED || phase == LinkPhase.BLOCKED;
  }

  private boolean isPresent(int of, LinkPhase expected) {
    return of == incarnation && phase == expected;
  }

  private LinkState with(LinkPhase next) {
    return new LinkState(next, incarnation, failures);
  }
}
