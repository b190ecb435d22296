package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words of which LibreOffice makes names for toolbars, parts of the sidebar and the like. It
 * notes such names beside where windows stood, so they are no message of a job; other text may be.
 */
record WindowNames(Set<String> words) {

  private static final List<String> FOLDERS = List.of("share/registry", "share/registry/res");

  /** A toolbar's title, where a part of the sidebar belongs, the name of anything. */
  private static final List<Pattern> NAMES =
      List.of(
          Pattern.compile("oor:name=\"UIName\"[^>]*>\\s*<value[^>]*>([^<]*)</value>"),
          Pattern.compile("oor:name=\"ContextList\"[^>]*>\\s*<value[^>]*>([^<]*)</value>"),
          Pattern.compile("oor:name=\"([^\"]*)\""));

  private static final Pattern BETWEEN = Pattern.compile("[\\s,;:()/]+");

  private static final Pattern NUMBERS_AND_THE_LIKE =
      Pattern.compile("[-0-9.]*|true|false|AL|[A-Z][0-9]?");

  WindowNames {
    words = Set.copyOf(words);
  }

  /** Reads them from the registry that came with it, in all its languages. */
  static WindowNames of(OfficeInstallation installation) throws IOException {
    var words = new HashSet<String>();
    for (var folder : FOLDERS) {
      try (var files = Files.newDirectoryStream(installation.root().resolve(folder), "*.xcd")) {
        for (var file : files) {
          read(file, words);
        }
      }
    }
    return new WindowNames(words);
  }

  private static void read(Path registry, Set<String> into) throws IOException {
    var text = Files.readString(registry);
    for (var pattern : NAMES) {
      pattern.matcher(text).results().flatMap(it -> split(it.group(1))).forEach(into::add);
    }
  }

  private static Stream<String> split(String text) {
    return BETWEEN.splitAsStream(text);
  }

  /** Whether {@code text} consists of words of such names, numbers and the like. */
  boolean explain(String text) {
    return split(text)
        .allMatch(word -> NUMBERS_AND_THE_LIKE.matcher(word).matches() || words.contains(word));
  }
}
