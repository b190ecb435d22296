package io.doos.worker.engine;

import com.sun.star.script.provider.ScriptFrameworkErrorException;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says of a failed macro what went wrong and where. The sources of each fact are in {@code
 * docs/basic-errors.md}.
 */
final class Diagnosis {

  private static final int OUT_OF_STACK = 28;
  private static final String CHECK = "DoosCheck";
  private static final String CHECK_ROUTINE = "doosProbeCompiles";
  private static final Duration CURSOR_PATIENCE = Duration.ofMillis(1500);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Pattern EXCEPTION =
      Pattern.compile("An exception occurred\\s*Type: (\\S+)\\s*Message: (.*)", Pattern.DOTALL);

  private static final Pattern ROUTINE =
      Pattern.compile(
          "(?im)^[ \\t]*(?:(?:Public|Private|Static)[ \\t]+)*(?:Sub|Function)[ \\t]+(\\w+)");

  /**
   * Explains a failure.
   *
   * @param state what the office told at the error; empty when Basic could not run then
   */
  JobError explain(
      MacroSources sources, OfficeBasic basic, Optional<BasicState> state, EngineTask task)
      throws InterruptedException {
    if (state.isPresent() && state.get().number() != 0) {
      return runtimeError(sources, state.get());
    }
    var shown = cursor(basic, sources, MacroEngine.LIBRARY, task);
    return syntaxError(sources, basic, task).orElseGet(() -> outOfStack(sources, shown));
  }

  /** The error in the first module that does not compile; empty when all do. */
  Optional<JobError> syntaxError(MacroSources sources, OfficeBasic basic, EngineTask task)
      throws InterruptedException {
    var broken = firstBroken(sources, basic);
    return broken.isPresent()
        ? Optional.of(syntaxError(broken.get(), basic, task))
        : Optional.empty();
  }

  private static JobError runtimeError(MacroSources sources, BasicState state) {
    var text = clean(state.text());
    var code = text.contains("bad_alloc") ? ErrorCode.OUT_OF_MEMORY : ErrorCode.MACRO_ERROR;
    var library = state.library().orElse("");
    var module =
        library.equals(MacroEngine.LIBRARY)
            ? module(sources, state.module())
            : Optional.<BasicModule>empty();
    if (module.isPresent()) {
      return new JobError(code, text, state.number(), module.get().file(), state.line());
    }
    if (library.equals(AutoOOo.LIBRARY)) {
      var routine = AutoOOo.routineAt(state.module(), state.line());
      var caller = AutoOOo.onlyCall(sources, routine);
      return new JobError(
          code,
          text + " (in AutoOOo's " + routine + ")",
          state.number(),
          caller.map(AutoOOo.Call::file).orElse(null),
          caller.map(AutoOOo.Call::line).orElse(null));
    }
    return new JobError(
        code,
        "%s (in Basic library '%s', module '%s', line %d)"
            .formatted(text, library, state.module(), state.line()),
        state.number(),
        null,
        null);
  }

  /** What Basic says of a UNO exception takes three lines for one sentence. */
  private static String clean(String text) {
    var exception = EXCEPTION.matcher(text);
    return exception.matches()
        ? "An exception occurred: " + exception.group(1) + ": " + exception.group(2)
        : text;
  }

  private static JobError outOfStack(MacroSources sources, Optional<Place> shown) {
    return new JobError(
        ErrorCode.MACRO_ERROR,
        "Not enough stack memory: the macro calls itself without an end",
        OUT_OF_STACK,
        shown.flatMap(place -> module(sources, place.module())).map(BasicModule::file).orElse(null),
        shown.map(Place::line).orElse(null));
  }

  private JobError syntaxError(BasicModule module, OfficeBasic basic, EngineTask task)
      throws InterruptedException {
    var probe = new SyntaxProbe(task.disposable(), task.remaining());
    // as it is, where it has a routine to call: a routine of ours behind it would change the error
    var routine = ROUTINE.matcher(module.source());
    var told =
        routine.find()
            ? probe.ask(module, CHECK, routine.group(1))
            : probe.ask(alone(module), CHECK, CHECK_ROUTINE);
    if (told.isPresent()) {
      var text = told.get().text();
      return new JobError(
          ErrorCode.MACRO_SYNTAX,
          text,
          numberOf(text, basic),
          module.file(),
          boxed(told.get().line(), module));
    }
    var place = cursor(basic, new MacroSources(List.of(module)), CHECK, task);
    return new JobError(
        ErrorCode.MACRO_SYNTAX,
        "it does not compile",
        null,
        module.file(),
        place.map(p -> Math.min(p.line(), module.lines().size())).orElse(null));
  }

  private static @Nullable Integer boxed(OptionalInt line, BasicModule module) {
    return line.isPresent() ? Math.min(line.getAsInt(), Math.max(1, module.lines().size())) : null;
  }

  /** The first module, in the order of loading, that does not compile. */
  private static Optional<BasicModule> firstBroken(MacroSources sources, OfficeBasic basic) {
    for (var module : sources.modules()) {
      if (!compiles(module, basic)) {
        return Optional.of(module);
      }
    }
    return Optional.empty();
  }

  private static boolean compiles(BasicModule module, OfficeBasic basic) {
    basic.load(CHECK, List.of(alone(module)));
    try {
      return basic.call(CHECK, module.name(), CHECK_ROUTINE) instanceof Boolean yes && yes;
    } catch (ScriptFrameworkErrorException e) {
      return false; // it is so broken that its routines are not even found
    }
  }

  /** The module with one more routine, the last, that can be called without running the rest. */
  private static BasicModule alone(BasicModule module) {
    return new BasicModule(
        module.name(),
        module.file(),
        module.source()
            + "\nFunction "
            + CHECK_ROUTINE
            + " As Boolean\n"
            + CHECK_ROUTINE
            + " = True\nEnd Function\n");
  }

  private record Place(String module, int line) {}

  /** Where the IDE's cursor is; its status bar follows within a second. */
  private static Optional<Place> cursor(
      OfficeBasic basic, MacroSources sources, String library, EngineTask task)
      throws InterruptedException {
    var patience = shorter(CURSOR_PATIENCE, task.remaining().get());
    var end = System.nanoTime() + patience.toNanos();
    do {
      var state = read(basic);
      for (var module : sources.modules()) {
        var line =
            state.isPresent()
                ? state.get().cursorLine(library, module.name())
                : OptionalInt.empty();
        if (line.isPresent()) {
          return Optional.of(new Place(module.name(), line.getAsInt()));
        }
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } while (System.nanoTime() < end);
    return Optional.empty();
  }

  private static Optional<BasicState> read(OfficeBasic basic) {
    try {
      return BasicState.read(basic);
    } catch (ScriptFrameworkErrorException e) {
      return Optional.empty();
    }
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static @Nullable Integer numberOf(String text, OfficeBasic basic) {
    try {
      return SyntaxProbe.numberOf(
          text, basic.call(BasicState.LIBRARY, "DoosProbe", "doosProbeErrorTexts"));
    } catch (ScriptFrameworkErrorException e) {
      return null;
    }
  }

  private static Optional<BasicModule> module(MacroSources sources, String name) {
    return sources.modules().stream()
        .filter(module -> module.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
