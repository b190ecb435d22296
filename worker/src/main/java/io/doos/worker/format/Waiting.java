package io.doos.worker.format;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for a formatter. The pool's lock guards what changes.
 *
 * @see FormatterPool
 */
final class Waiting {

  final String tenant;
  final Optional<Ahead> ahead;
  final Condition changed;

  /** Whether they are no longer in the line, but about to be given a slot. */
  boolean chosen;

  /** The slot that is theirs now. */
  @Nullable FormatterSlot given;

  /** Whether the formatter in it was asked already. */
  boolean asked;

  Waiting(String tenant, Optional<Ahead> ahead, Condition changed) {
    this.tenant = tenant;
    this.ahead = ahead;
    this.changed = changed;
  }
}
