package io.doos.worker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Basic library that macros call unqualified: our own writing of what the old doos installed in
 * every office. Its modules are resources.
 */
final class AutoOOo {

  static final String LIBRARY = "AutoOOo";

  private static final List<String> NAMES = List.of("Core", "Calc", "Writer");
  private static final Pattern ROUTINE = Pattern.compile("^(?:Private )?(?:Function|Sub) (\\w+).*");
  private static final Pattern COMMENT = Pattern.compile("(?i)^\\s*(?:'|Rem\\b).*");

  private AutoOOo() {}

  /** A line of the client's that calls. */
  record Call(String file, int line) {}

  static List<BasicModule> modules() {
    return NAMES.stream().map(BasicResource::module).toList();
  }

  /** The routine that {@code line} of a module of ours is in. */
  static String routineAt(String module, int line) {
    if (!NAMES.contains(module)) {
      return module;
    }
    var routine = module;
    for (var text : BasicResource.module(module).lines().stream().limit(line).toList()) {
      var matcher = ROUTINE.matcher(text);
      if (matcher.matches()) {
        routine = matcher.group(1);
      }
    }
    return routine;
  }

  /**
   * The one line in the client's sources that can have led into {@code routine}; empty when several
   * can.
   */
  static Optional<Call> onlyCall(MacroSources sources, String routine) {
    var callers = Pattern.compile("(?i)\\b(?:" + String.join("|", leadingTo(routine)) + ")\\b");
    var calls = new ArrayList<Call>();
    for (var module : sources.modules()) {
      var lines = module.lines();
      for (var i = 0; i < lines.size(); i++) {
        if (!COMMENT.matcher(lines.get(i)).matches() && callers.matcher(lines.get(i)).find()) {
          calls.add(new Call(module.file(), i + 1));
        }
      }
    }
    return calls.size() == 1 ? Optional.of(calls.getFirst()) : Optional.empty();
  }

  /** {@code routine} and all routines of the library that call it, directly or not. */
  private static List<String> leadingTo(String routine) {
    var found = new ArrayList<>(List.of(routine));
    for (var i = 0; i < found.size(); i++) {
      var called = Pattern.compile("(?i)\\b" + found.get(i) + "\\(");
      for (var module : modules()) {
        var current = "";
        for (var line : module.lines()) {
          var matcher = ROUTINE.matcher(line);
          if (matcher.matches()) {
            current = matcher.group(1);
          } else if (called.matcher(line).find() && !found.contains(current)) {
            found.add(current);
          }
        }
      }
    }
    return found;
  }
}
