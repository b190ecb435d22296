package io.doos.worker.format;

import java.time.Instant;

/**
 * One formatter as it is at a moment, for people to look at.
 *
 * @param name such as {@code program-0.3}
 * @param slot its place, from 0
 * @param generation counts the formatters of that place from 1
 * @param tenant whom it serves; empty while it is fresh, or serves jobs without a tenant
 * @param uses documents so far, with the one that it has now
 * @param since when it was ready first; of one that starts, since when
 */
public record FormatterSnapshot(
    String name, int slot, int generation, Phase phase, String tenant, int uses, Instant since) {

  /** What it is at. */
  public enum Phase {
    STARTING,
    READY,
    LEASED
  }

  static FormatterSnapshot starting(String name, int slot, int generation, Instant now) {
    return new FormatterSnapshot(name, slot, generation, Phase.STARTING, "", 0, now);
  }

  /** The same, ready since {@code now}. */
  FormatterSnapshot up(Instant now) {
    return new FormatterSnapshot(name, slot, generation, Phase.READY, tenant, uses, now);
  }

  /** The same, with a document of {@code by}. */
  FormatterSnapshot leased(String by, int use) {
    return new FormatterSnapshot(name, slot, generation, Phase.LEASED, by, use, since);
  }

  /** The same, without a document. */
  FormatterSnapshot free() {
    return new FormatterSnapshot(name, slot, generation, Phase.READY, tenant, uses, since);
  }
}
