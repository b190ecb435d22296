package io.doos.deploy.command;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.Settings;
import io.doos.worker.OoodMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code doos} command: what all subcommands have in common. */
@Command(
    name = "doos",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Office work by the thousand: send a macro, get documents.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went well",
      "1:the job failed",
      "2:wrong usage, settings or files",
      "3:the farm cannot be reached",
      "4:unknown ticket"
    })
public final class DoosCommand implements Runnable {

  private static final Path USUAL_FILE = Path.of("doos.yaml");

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description =
          "Settings file; without it doos.yaml of the working directory, if there is one.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME=VALUE",
      description = "Sets a setting, over file and environment; may be repeated.")
  private Map<String, String> set = new LinkedHashMap<>();

  private DoosCommand(Shell shell) {
    this.shell = shell;
  }

  /**
   * Runs a command line and answers its exit code. What went wrong is told on the shell's error
   * output.
   */
  public static int run(Shell shell, Wiring wiring, String... arguments) {
    return commandLine(shell, wiring).execute(arguments);
  }

  private static CommandLine commandLine(Shell shell, Wiring wiring) {
    var doos = new DoosCommand(shell);
    var command =
        new CommandLine(doos)
            .addSubcommand("standalone", ProcessCommand.standalone(doos, wiring.standalone()))
            .addSubcommand("gateway", ProcessCommand.gateway(doos, wiring.gateway()))
            .addSubcommand("worker", ProcessCommand.worker(doos, wiring.worker()))
            .addSubcommand(new SubmitCommand(doos))
            .addSubcommand(new StatusCommand(doos))
            .addSubcommand(new OutputCommand(doos))
            .addSubcommand(new ConvertCommand(doos))
            .addSubcommand(new FormatCommand(doos))
            .addSubcommand(new CancelCommand(doos))
            .addSubcommand(new DeleteCommand(doos))
            .addSubcommand(TemplatesCommand.commandLine(doos, wiring.store()))
            .addSubcommand(new TokenCommand(doos))
            .addSubcommand(new OoodCommand(doos, OoodMain::run))
            .addSubcommand(new DoctorCommand(doos, wiring.checks()))
            .addSubcommand(new CompletionCommand(doos));
    return command
        .setOut(shell.out())
        .setErr(shell.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new Complaints(shell));
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "What shall doos do? Name a command.");
    }
  }

  Shell shell() {
    return shell;
  }

  /** The settings of all sources. */
  Settings settings() throws BadSettingsException {
    return settings(Map.of());
  }

  /**
   * The settings of all sources.
   *
   * @param own what options of the command's own say, by setting; over all others
   */
  Settings settings(Map<String, String> own) throws BadSettingsException {
    var options = new LinkedHashMap<>(set);
    options.putAll(own);
    var file =
        Optional.ofNullable(config)
            .or(() -> Optional.of(USUAL_FILE).filter(usual -> Files.exists(inFolder(usual))))
            .map(this::inFolder);
    return Settings.load(file, shell.environment(), options);
  }

  private Path inFolder(Path path) {
    return shell.folder().resolve(path);
  }
}
