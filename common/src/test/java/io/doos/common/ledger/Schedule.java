package io.doos.common.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets actors run one at a time, from one pause to the next, in an order drawn from a seed: the
 * same seed gives the same run. Each actor has a thread of its own, but never do two run at once.
 */
final class Schedule {

  private final Random random;
  private final Semaphore yielded = new Semaphore(0);
  private final List<Actor> alive = new ArrayList<>();
  private @Nullable Actor current;

  /** What an actor does. */
  @FunctionalInterface
  interface Act {
    void run() throws Exception;
  }

  /** The actor's process died: nothing of it may run on but this unwinding. */
  static final class Killed extends Error {}

  /** Somebody who does one thing after the other and may die between any two. */
  static final class Actor {
    private final String name;
    private final Semaphore turn = new Semaphore(0);
    private boolean killed;
    private @Nullable Throwable thrown;

    private Actor(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  Schedule(Random random) {
    this.random = random;
  }

  /** Adds an actor, which does nothing before its first turn. */
  Actor start(String name, Act act) {
    var actor = new Actor(name);
    alive.add(actor);
    Thread.ofVirtual().start(() -> play(actor, act));
    return actor;
  }

  private void play(Actor actor, Act act) {
    actor.turn.acquireUninterruptibly();
    try {
      if (!actor.killed) {
        act.run();
      }
    } catch (Killed _) {
      // as it should
    } catch (Throwable t) {
      actor.thrown = t;
    }
    alive.remove(actor);
    yielded.release();
  }

  /**
   * Waits for the next turn; called by the actor whose turn it is.
   *
   * @throws Killed when there is none
   */
  void pause() {
    var actor = current();
    yielded.release();
    actor.turn.acquireUninterruptibly();
    if (actor.killed) {
      throw new Killed();
    }
  }

  /** Gives some actor a turn: it runs on to its next pause, or its end. */
  void step() throws Throwable {
    turn(pick());
  }

  /** Kills some actor where it pauses. */
  Actor kill() throws Throwable {
    var victim = pick();
    victim.killed = true;
    turn(victim);
    return victim;
  }

  /** Ends all actors where they are. */
  void killAll() throws Throwable {
    while (!isDone()) {
      kill();
    }
  }

  boolean isDone() {
    return alive.isEmpty();
  }

  /** Whose turn it is. */
  Actor current() {
    return java.util.Objects.requireNonNull(current, "nobody's turn");
  }

  private Actor pick() {
    return alive.get(random.nextInt(alive.size()));
  }

  private void turn(Actor actor) throws Throwable {
    current = actor;
    actor.turn.release();
    yielded.acquireUninterruptibly();
    if (actor.thrown != null) {
      throw actor.thrown;
    }
  }
}
