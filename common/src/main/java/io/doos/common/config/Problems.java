package io.doos.common.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what is wrong with settings, so that all of it can be told at once. One thread's. */
final class Problems {

  private final List<String> sentences = new ArrayList<>();

  /** A setting whose text is no value of its form. */
  void bad(Setting<?> setting, String text, Origin origin) {
    var what = text.isEmpty() ? "is empty" : "is '" + printable(setting.shown(text)) + "'";
    sentences.add(
        "%s (%s) %s: expected %s."
            .formatted(setting.name(), origin, what, setting.form().expected()));
  }

  /**
   * A name that no setting has. Its value is not told: it may be a secret under a misspelt name.
   */
  void unknown(String name, Origin origin, Optional<String> nearest) {
    var hint = nearest.map(known -> "; did you mean " + known + "?").orElse(".");
    sentences.add("%s (%s) is not a setting%s".formatted(printable(name), origin, hint));
  }

  /** Anything else, as a sentence. */
  void add(String sentence) {
    sentences.add(sentence);
  }

  void throwIfAny() throws BadSettingsException {
    if (!sentences.isEmpty()) {
      throw new BadSettingsException(sentences);
    }
  }

  private static String printable(String text) {
    var line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
