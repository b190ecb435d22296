package io.doos.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
final class Nearest {

  private Nearest() {}

  /** The candidate that looks most like {@code name}, when one does. */
  static Optional<String> to(String name, Collection<String> candidates) {
    var wanted = plain(name);
    return candidates.stream()
        .map(candidate -> new Distance(candidate, distance(wanted, plain(candidate))))
        .min(Comparator.comparingInt(Distance::edits))
        .filter(best -> best.edits <= 1 + wanted.length() / 4)
        .map(Distance::candidate);
  }

  private record Distance(String candidate, int edits) {}

  /** {@code tcp.maxFrame}, {@code TCP_MAX_FRAME} and {@code tcp.max-frame} are the same slip. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
  }

  /**
   * How many letters to insert, remove, replace or swap with their neighbour; a last step of a
   * dotted name alone is one slip away from the whole.
   */
  private static int distance(String from, String to) {
    if (from.length() >= 4 && to.endsWith(from) && !to.equals(from)) {
      return 1;
    }
    var edits = new int[from.length() + 1][to.length() + 1];
    for (var i = 0; i <= from.length(); i++) {
      for (var j = 0; j <= to.length(); j++) {
        edits[i][j] = edits(edits, from, to, i, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int edits(int[][] edits, String from, String to, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    var same = from.charAt(i - 1) == to.charAt(j - 1);
    var least =
        Math.min(
            edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    var swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
