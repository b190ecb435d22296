package io.doos.worker.engine;

import com.sun.star.script.provider.ScriptFrameworkErrorException;
import com.sun.star.script.provider.XScript;
import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.worker.office.Office;
import java.io.IOException;
import java.util.List;

/**
 * Runs StarBasic macros as they are: once, unwrapped, so that their own error handling is what it
 * is anywhere else. The office must be prepared ({@link OfficePreparation}). What the macro leaves
 * in the office stays until {@link OfficeCleaning}; after a failure, and after a macro that may
 * leave what cannot be cleaned, the lease is spoilt.
 */
public final class MacroEngine implements Engine {

  /** The Basic library that a job's modules are loaded into. */
  static final String LIBRARY = "DoosJob";

  private final OfficeBasics basics;
  private final Diagnosis diagnosis = new Diagnosis();

  public MacroEngine(OfficeBasics basics) {
    this.basics = basics;
  }

  @Override
  public EngineResult run(EngineTask task) throws IOException, InterruptedException {
    if (!(task.work() instanceof Work.RunMacro macro)) {
      throw new IllegalArgumentException("not a macro: " + task.work().kind());
    }
    MacroSources sources;
    try {
      sources = MacroSources.take(macro, task.folder());
    } catch (MacroSources.BadSourceException e) {
      return new EngineResult.Failed(e.error());
    }
    if (sources.leavesTraces()) {
      task.lease().spoil();
    }
    try {
      return run(macro, sources, task);
    } catch (com.sun.star.lang.DisposedException e) {
      return new EngineResult.OfficeLost(OfficeTrouble.death(task.lease().office()));
    } catch (com.sun.star.uno.RuntimeException e) {
      task.lease().spoil();
      return new EngineResult.Failed(OfficeTrouble.error(e, ErrorCode.MACRO_ERROR));
    }
  }

  private EngineResult run(Work.RunMacro macro, MacroSources sources, EngineTask task)
      throws InterruptedException {
    var basic = basics.of(task.lease().office());
    basic.load(LIBRARY, sources.modules());
    var main = sources.main();
    XScript script;
    try {
      script = basic.script(LIBRARY, main.name(), macro.function());
    } catch (ScriptFrameworkErrorException e) {
      task.lease().spoil();
      var broken = diagnosis.syntaxError(sources, basic, task);
      return new EngineResult.Failed(broken.orElseGet(() -> missing(macro, main)));
    }
    Object value;
    var watch = basic.errorWatch();
    watch.begin();
    try {
      value = OfficeBasic.invoke(script, arguments(macro.arguments()));
    } catch (ScriptFrameworkErrorException e) {
      return new EngineResult.Failed(notCallable(macro, main));
    } finally {
      watch.end();
    }
    if (basic.isEnding()) {
      task.lease().spoil();
      return new EngineResult.OfficeLost(Office.Death.ITSELF);
    }
    if (!watch.failed() && !BasicIde.isOpen(basic)) {
      return new EngineResult.Finished(ReturnedText.of(value));
    }
    task.lease().spoil();
    return new EngineResult.Failed(diagnosis.explain(sources, basic, watch.state(), task));
  }

  private static JobError missing(Work.RunMacro macro, BasicModule main) {
    return new JobError(
        ErrorCode.MACRO_SYNTAX,
        "there is no Sub or Function '%s' in '%s'".formatted(macro.function(), main.file()),
        null,
        main.file(),
        null);
  }

  private static JobError notCallable(Work.RunMacro macro, BasicModule main) {
    return new JobError(
        ErrorCode.MACRO_SYNTAX,
        "'%s' wants more arguments than the %d it is called with"
            .formatted(macro.function(), macro.arguments().size()),
        null,
        main.file(),
        null);
  }

  private static Object[] arguments(List<?> values) {
    return values.stream().map(MacroEngine::argument).toArray();
  }

  private static Object argument(Object value) {
    return switch (value) {
      case List<?> list -> arguments(list);
      // Basic does little with 64-bit integers
      case Long number when number == number.intValue() -> number.intValue();
      default -> value;
    };
  }
}
