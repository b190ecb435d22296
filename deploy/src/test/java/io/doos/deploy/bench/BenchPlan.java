package io.doos.deploy.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a run of the bench measures, and with which doos.
 *
 * @param parts all, unless the arguments name some
 * @param round how long each turn of each rig is
 * @param doos the command to measure; empty for the classes of this very class path
 */
record BenchPlan(Set<Part> parts, Duration round, List<String> doos) {

  /** What can be measured by itself. */
  enum Part {
    TIMES,
    TRIVIAL,
    WRITER,
    MERGE,
    LATENCIES,
    TWO_OFFICES,
    CONVERSIONS,
    REUSE,
    GATEWAY;

    private static Part named(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  private static final String ONLY = "only=";
  private static final String SECONDS = "seconds=";
  private static final Duration ROUND = Duration.ofSeconds(3);

  /**
   * Reads {@code [only=writer,two-offices,…] [seconds=3] [doos command]}.
   *
   * @throws IllegalArgumentException for a part that there is not
   */
  static BenchPlan of(String... arguments) {
    var doos = new ArrayList<>(List.of(arguments));
    var parts = EnumSet.allOf(Part.class);
    if (!doos.isEmpty() && doos.getFirst().startsWith(ONLY)) {
      parts = EnumSet.noneOf(Part.class);
      Arrays.stream(doos.removeFirst().substring(ONLY.length()).split(",", -1))
          .map(Part::named)
          .forEach(parts::add);
    }
    var round = ROUND;
    if (!doos.isEmpty() && doos.getFirst().startsWith(SECONDS)) {
      round = Duration.ofSeconds(Long.parseLong(doos.removeFirst().substring(SECONDS.length())));
    }
    return new BenchPlan(parts, round, List.copyOf(doos));
  }

  boolean has(Part part) {
    return parts.contains(part);
  }

  /** Whether it has a part that drives a farm over TCP beside bare offices. */
  boolean drivesFarm() {
    return has(Part.TRIVIAL) || has(Part.WRITER) || has(Part.MERGE) || has(Part.LATENCIES);
  }
}
