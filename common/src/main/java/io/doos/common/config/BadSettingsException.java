package io.doos.common.config;

import java.util.List;

/** Settings that cannot be used, with everything that is wrong with them. */
public final class BadSettingsException extends Exception {

  private final List<String> problems;

  BadSettingsException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * A sentence for each problem: the setting, where it came from, its value unless that is secret,
   * what was expected, and the nearest known name.
   */
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    return problems.size() == 1
        ? problems.getFirst()
        : problems.size() + " settings are wrong:\n  " + String.join("\n  ", problems);
  }
}
