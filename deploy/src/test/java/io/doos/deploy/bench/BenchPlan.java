package io.doos.deploy.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run of the bench measures, and with which doos.
 *
 * @param parts all, unless the arguments name some
 * @param round how long each turn of each rig is
 * @param warmUp how long each rig works before it is measured: a farm runs for days, and Java needs
 *     a minute of load until it has compiled what it will
 * @param doos the command to measure
 */
record BenchPlan(Set<Part> parts, Duration round, Duration warmUp, List<String> doos) {

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
  private static final String WARM_UP = "warm-up=";
  private static final String DEFAULT_ROUND = "5";
  private static final String DEFAULT_WARM_UP = "90";

  /**
   * Reads {@code [only=writer,two-offices,…] [seconds=5] [warm-up=90] [doos command]}.
   *
   * @throws IllegalArgumentException for a part that there is not
   */
  static BenchPlan of(String... arguments) {
    var rest = new ArrayList<>(List.of(arguments));
    var parts =
        taken(rest, ONLY)
            .map(names -> names.split(",", -1))
            .map(names -> Arrays.stream(names).map(Part::named).collect(Collectors.toSet()))
            .orElseGet(() -> EnumSet.allOf(Part.class));
    var round = seconds(taken(rest, SECONDS).orElse(DEFAULT_ROUND));
    var warmUp = seconds(taken(rest, WARM_UP).orElse(DEFAULT_WARM_UP));
    return new BenchPlan(parts, round, warmUp, List.copyOf(rest));
  }

  private static Optional<String> taken(List<String> arguments, String key) {
    return !arguments.isEmpty() && arguments.getFirst().startsWith(key)
        ? Optional.of(arguments.removeFirst().substring(key.length()))
        : Optional.empty();
  }

  private static Duration seconds(String number) {
    return Duration.ofSeconds(Long.parseLong(number));
  }

  boolean has(Part part) {
    return parts.contains(part);
  }

  /** Whether it has a part that drives a farm over TCP beside bare offices. */
  boolean drivesFarm() {
    return has(Part.TRIVIAL) || has(Part.WRITER) || has(Part.MERGE) || has(Part.LATENCIES);
  }
}
