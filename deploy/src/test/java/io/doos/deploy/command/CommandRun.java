package io.doos.deploy.command;

import io.doos.common.config.Settings;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.doctor.Check;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command line run in this process: what it said and how it ended. */
public record CommandRun(int exitCode, String out, String err) {

  private static final Wiring NOTHING_BEHIND =
      new Wiring(
          _ -> ExitCode.OK,
          _ -> ExitCode.OK,
          _ -> ExitCode.OK,
          _ -> {
            throw new StoreFailure.Unavailable("nobody there", null);
          },
          CommandRun::noChecks);

  public static CommandRun of(Path folder, String... arguments) {
    return of(NOTHING_BEHIND, folder, false, Map.of(), arguments);
  }

  static CommandRun onTerminal(Path folder, String... arguments) {
    return of(NOTHING_BEHIND, folder, true, Map.of(), arguments);
  }

  static CommandRun of(
      Wiring wiring,
      Path folder,
      boolean isTerminal,
      Map<String, String> environment,
      String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var shell =
        new Shell(new PrintWriter(out), new PrintWriter(err), isTerminal, environment, folder);
    var exitCode = DoosCommand.run(shell, wiring, arguments);
    shell.out().flush();
    shell.err().flush();
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  private static List<Check> noChecks(Settings settings) {
    return List.of();
  }
}
