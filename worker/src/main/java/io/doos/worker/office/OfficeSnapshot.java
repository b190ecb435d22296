package io.doos.worker.office;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One office of the pool as it is at a moment, for people to look at.
 *
 * @param name such as {@code office-2.17}
 * @param slot its place in the pool, from 0
 * @param generation counts the offices of that place from 1
 * @param phase such as {@code READY}, {@code LEASED} or {@code STARTING}
 * @param pid its outermost process; 0 where there is none
 * @param tenant whom it serves; empty while it is fresh
 * @param uses leases so far
 * @param since when it was ready first; of one that starts, when its predecessor was
 * @param memoryBytes as it was when last looked at
 */
public record OfficeSnapshot(
    String name,
    int slot,
    int generation,
    String phase,
    long pid,
    Optional<String> tenant,
    int uses,
    Instant since,
    long memoryBytes) {

  private static final Set<String> UP = Set.of("READY", "LEASED", "CLEANING", "CHECKING");

  /** Whether it runs, be it at work, and is not on its way out. */
  public boolean isUp() {
    return UP.contains(phase);
  }
}
