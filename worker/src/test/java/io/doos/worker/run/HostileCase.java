package io.doos.worker.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file of {@code hostile/}: a macro of a stranger, with what must come of it in its first
 * lines. {@code '! ends: DONE returned} or {@code '! ends: FAILED CODE words}; {@code '! ends where
 * nobody counts:} its status where no control group counts deaths for want of memory, if that is
 * another; {@code '! leaves:} the names in its result, {@code *} for any; {@code '! seconds:} its
 * timeout. {@code '=== name} begins a file sent along, and {@code '=== then} a macro that the same
 * tenant runs afterwards.
 *
 * @param ends its final status
 * @param leaves what its result holds; checked where it ends DONE
 * @param seconds how long it may run
 */
record HostileCase(
    String name, String ends, List<String> leaves, int seconds, Map<String, String> files) {

  private static final String THEN = "then";
  private static final int PATIENT_SECONDS = 120;

  /**
   * Reads one.
   *
   * @param counted whether control groups count deaths for want of memory here
   */
  static HostileCase read(Path file, boolean counted) throws IOException {
    return of(String.valueOf(file.getFileName()), Files.readString(file), counted);
  }

  private static HostileCase of(String name, String text, boolean counted) {
    var parts = text.split("(?m)^'=== ", -1);
    var files = new LinkedHashMap<String, String>();
    files.put("main.script", parts[0]);
    for (var part : Arrays.asList(parts).subList(1, parts.length)) {
      var end = part.indexOf('\n');
      files.put(part.substring(0, end), part.substring(end + 1));
    }
    return new HostileCase(
        name,
        Optional.of("ends where nobody counts")
            .filter(_ -> !counted)
            .flatMap(what -> said(parts[0], what))
            .or(() -> said(parts[0], "ends"))
            .orElseThrow(() -> new IllegalArgumentException(name)),
        said(parts[0], "leaves").map(names -> List.of(names.split(" "))).orElse(List.of()),
        said(parts[0], "seconds").map(Integer::parseInt).orElse(PATIENT_SECONDS),
        files);
  }

  private static Optional<String> said(String text, String what) {
    var start = "'! " + what + ":";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst();
  }

  /** The macro that is run afterwards. */
  Optional<HostileCase> then() {
    return Optional.ofNullable(files.get(THEN)).map(text -> of(name + ", then", text, true));
  }

  /** What the job brings, the words in angle brackets filled in. */
  Map<String, String> files(Map<String, String> words) {
    var filled = new LinkedHashMap<String, String>();
    files.forEach((file, text) -> {
      if (!file.equals(THEN)) {
        var whole = text;
        for (var word : words.entrySet()) {
          whole = whole.replace("<<" + word.getKey() + ">>", word.getValue());
        }
        filled.put(file, whole);
      }
    });
    return filled;
  }

  /** Whether chance decides what its result holds. */
  boolean leavesAnything() {
    return leaves.equals(List.of("*"));
  }

  boolean endsAs(String status) {
    if (ends.startsWith("DONE")) {
      return status.equals(ends);
    }
    var words = ends.split(" ", 3);
    return status.startsWith(words[0] + " " + words[1] + " ")
        && (words.length < 3 || status.contains(words[2]));
  }
}
