package io.doos.common.health;

/** Looks at one thing, on any thread, any number of times at once, within a second. */
@FunctionalInterface
public interface Probe {
  Check look();
}
