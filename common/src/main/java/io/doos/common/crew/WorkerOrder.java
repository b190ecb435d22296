package io.doos.common.crew;

import io.doos.common.job.Pool;

/**
 * What an operator tells workers. It holds until the next order or until the worker's process ends:
 * a worker that starts takes jobs.
 */
public record WorkerOrder(What what, Whom whom) {

  /** What to do. */
  public enum What {
    /** Take no more jobs; do what is in hand. */
    PAUSE,
    /** Take no more, give back what no office has begun, finish what runs. */
    DRAIN,
    /** Take jobs again. */
    RESUME
  }

  /** Who is meant. */
  public sealed interface Whom {}

  /** The one worker of that name. */
  public record OneWorker(String name) implements Whom {
    public OneWorker {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a worker has a name");
      }
    }
  }

  /** All workers that serve that pool now. */
  public record AllOf(Pool pool) implements Whom {}

  /** Whether the worker {@code name} of {@code pool} is meant. */
  public boolean isFor(String name, Pool pool) {
    return switch (whom) {
      case OneWorker(var one) -> one.equals(name);
      case AllOf(var all) -> all.equals(pool);
    };
  }
}
