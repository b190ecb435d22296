package io.doos.deploy.command;

import io.doos.common.config.Settings;
import io.doos.deploy.Logging;
import io.doos.worker.oood.AdminDoor;
import io.doos.worker.oood.OoodConfig;
import io.doos.worker.oood.OoodConfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doos oood}: the command line of the old oood, with its configuration file. */
@Command(
    name = "oood",
    description =
        "Run offices for UNO clients as the old oood did, by its configuration file; stop them, or"
            + " show them.")
final class OoodCommand implements Callable<Integer> {

  /** What the old one was told. */
  enum Word {
    RUN,
    STOP,
    STATUS
  }

  /** Runs the daemon until it is told to stop. */
  @FunctionalInterface
  interface Daemon {
    /** Answers the exit code; throws when it cannot start. */
    int run(Settings settings, OoodConfig config) throws Exception;
  }

  private final DoosCommand doos;
  private final Daemon daemon;

  @Option(
      names = "-c",
      required = true,
      paramLabel = "FILE",
      description = "The old configuration, such as oood-config.xml.")
  private Path file = Path.of("oood-config.xml");

  @Parameters(
      paramLabel = "run|stop|status",
      description = "Run the daemon here; stop the one that runs; show its offices.")
  private Word word = Word.STATUS;

  OoodCommand(DoosCommand doos, Daemon daemon) {
    this.doos = doos;
    this.daemon = daemon;
  }

  @Override
  public Integer call() throws Exception {
    var config = OoodConfigReader.read(doos.shell().folder().resolve(file));
    return switch (word) {
      case RUN -> {
        Logging.startAsOood(config.level());
        yield daemon.run(doos.settings(), config);
      }
      case STOP, STATUS -> ask(config);
    };
  }

  private int ask(OoodConfig config) {
    try {
      var text = AdminDoor.ask(config.adminAcceptor(), word == Word.STOP ? "stop" : "status");
      doos.shell().out().print(text);
      doos.shell().out().flush();
      return ExitCode.OK;
    } catch (IOException e) {
      doos.shell()
          .err()
          .println(
              "doos: no daemon answers at %s (admin-acceptor): %s"
                  .formatted(config.adminAcceptor(), e.getMessage()));
      return ExitCode.FARM_UNREACHABLE;
    }
  }
}
