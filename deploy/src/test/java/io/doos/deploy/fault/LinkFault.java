package io.doos.deploy.fault;

import java.time.Duration;

/** What a network can do to the connections of a {@link TcpRelay}. */
public sealed interface LinkFault {

  LinkFault NONE = new None();

  /** Everything passes. */
  record None() implements LinkFault {}

  /** Every piece of bytes takes this much longer. */
  record Delay(Duration each) implements LinkFault {}

  /** Nothing passes either way, and nobody is told. */
  record Freeze() implements LinkFault {}

  /** What the client says arrives; what the server says does not. */
  record HalfOpen() implements LinkFault {}

  /** Every connection is reset after so many more bytes, in the middle of whatever they are. */
  record CutAfter(int bytes) implements LinkFault {}

  /** Whoever connects is reset at once. */
  record Refuse() implements LinkFault {}
}
