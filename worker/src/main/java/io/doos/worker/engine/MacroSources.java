package io.doos.worker.engine;

import io.doos.common.job.Work;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The Basic sources of a job: the main script first, then the other {@code *.bas} files at the top
 * of the input folder by name, each a module under its file's stem. In all of them {@code
 * <<OUTDIR>>}, {@code <<INDIR>>} and {@code <<TEMPLATEDIR>>} stand for the folders.
 *
 * @param modules never empty
 */
record MacroSources(List<BasicModule> modules) {

  /** Basic counts lines in 16 bits; more would be told wrongly. */
  static final int MAX_LINES = 65_535;

  /** Basic keeps columns and texts in 16 bits; more would be cut silently. */
  static final int MAX_LINE_CHARACTERS = 32_767;

  private static final String EXTENSION = ".bas";

  /** What outlives its library within an office's process, or reaches past it. */
  private static final Pattern LASTING =
      Pattern.compile(
          "(?im)(?:^|:)[ \\t]*(?:Global[ \\t]"
              + "|Public[ \\t]+(?!(?:Static|Sub|Function|Property|Type|Enum|Declare)\\b))"
              + "|\\b(?:CreateUnoListener|GlobalScope|BasicLibraries|DialogLibraries"
              + "|ConfigurationUpdateAccess|ConfigurationAccess|ApplicationScriptLibraryContainer"
              + "|GlobalEventBroadcaster|PackageManager|ExtensionManager|PathSettings|PathSubstitution"
              + "|addTerminateListener|addFrameActionListener|addDocumentEventListener"
              + "|DatabaseContext|UICategoryDescription|ModuleUIConfigurationManagerSupplier"
              + "|LinguProperties|DictionaryList|CallByName|ScriptProvider|MacroExecutionMode"
              + "|vnd\\.sun\\.star\\.script|macro:|Clipboard|CommandURL|StarDesktop\\.dispose)"
              // a name put together at run time may be any of these
              + "|\\b(?:CreateUnoService(?:WithArguments)?|createInstance(?:WithContext|WithArguments|WithArgumentsAndContext)?"
              + "|getPropertyValue|getValueByName|getByHierarchicalName)[ \\t]*\\([ \\t]*"
              + "(?!\"[^\"\\n]*\"[ \\t]*[,)])"
              + "|\\b(?:GetProcessServiceManager|GetDefaultContext)\\b");

  MacroSources {
    modules = List.copyOf(modules);
  }

  BasicModule main() {
    return modules.getFirst();
  }

  /**
   * Whether the office should serve nobody else after this macro, because it may leave something
   * that cannot be taken back: a Global or Public variable outlives its library, a listener or a
   * changed setting its job.
   */
  boolean leavesTraces() {
    return modules.stream().anyMatch(module -> LASTING.matcher(module.source()).find());
  }

  /**
   * Reads them from the input folder and takes the main script out of it.
   *
   * @throws BadSourceException when they cannot be loaded as they are
   */
  static MacroSources take(Work.RunMacro macro, JobFolder folder)
      throws IOException, BadSourceException {
    var script = folder.input().resolve(macro.script());
    if (!Files.isRegularFile(script)) {
      throw new BadSourceException(
          JobError.of(
              ErrorCode.INPUT_MISSING,
              "the script '" + macro.script() + "' is not among the files"));
    }
    var modules = new ArrayList<BasicModule>();
    modules.add(module(script, mainName(stem(script)), folder));
    Files.delete(script);
    for (var file : others(folder.input())) {
      var name = stem(file);
      if (!Work.RunMacro.isIdentifier(name)) {
        throw new BadSourceException(
            JobError.of(
                ErrorCode.BAD_JOB,
                "'"
                    + file.getFileName()
                    + "' cannot be loaded: '"
                    + name
                    + "' is not a Basic identifier; rename the file"));
      }
      modules.add(module(file, name, folder));
    }
    refuseClashes(modules);
    return new MacroSources(modules);
  }

  private static void refuseClashes(List<BasicModule> modules) throws BadSourceException {
    var files = new HashMap<String, String>();
    for (var module : modules) {
      var other = files.put(module.name().toLowerCase(Locale.ROOT), module.file());
      if (other != null) {
        throw new BadSourceException(
            JobError.of(
                ErrorCode.BAD_JOB,
                "'"
                    + other
                    + "' and '"
                    + module.file()
                    + "' would both be the Basic module '"
                    + module.name()
                    + "'; rename one"));
      }
    }
  }

  private static List<Path> others(Path input) throws IOException {
    try (var files = Files.list(input)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> fileName(file).toLowerCase(Locale.ROOT).endsWith(EXTENSION))
          .sorted()
          .toList();
    }
  }

  private static BasicModule module(Path file, String name, JobFolder folder)
      throws IOException, BadSourceException {
    var source =
        SourceText.of(Files.readAllBytes(file))
            .replace("<<OUTDIR>>", folder.outputInside())
            .replace("<<INDIR>>", folder.inputInside())
            .replace("<<TEMPLATEDIR>>", folder.templatesInside());
    var module = new BasicModule(name, fileName(file), source);
    refuseTooLarge(module);
    return module;
  }

  private static void refuseTooLarge(BasicModule module) throws BadSourceException {
    var lines = module.lines();
    if (lines.size() > MAX_LINES) {
      throw new BadSourceException(
          new JobError(
              ErrorCode.MACRO_SYNTAX,
              "a Basic module may have at most "
                  + MAX_LINES
                  + " lines, this one has "
                  + lines.size()
                  + "; split it into more *.bas files",
              null,
              module.file(),
              null));
    }
    for (var i = 0; i < lines.size(); i++) {
      if (lines.get(i).length() > MAX_LINE_CHARACTERS) {
        throw new BadSourceException(
            new JobError(
                ErrorCode.MACRO_SYNTAX,
                "a line of Basic may have at most "
                    + MAX_LINE_CHARACTERS
                    + " characters, this one has "
                    + lines.get(i).length(),
                null,
                module.file(),
                i + 1));
      }
    }
  }

  /** Nobody calls into the main script by its module's name, so any file name will do. */
  private static String mainName(String stem) {
    return Work.RunMacro.isIdentifier(stem) ? stem : "main";
  }

  private static String stem(Path file) {
    var name = fileName(file);
    var dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The sources cannot be loaded; {@link #error} is the job's. */
  static final class BadSourceException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient JobError error;

    BadSourceException(JobError error) {
      super(error.message());
      this.error = error;
    }

    JobError error() {
      return error;
    }
  }
}
