package io.doos.deploy.command;

import io.doos.deploy.Logging;
import io.doos.deploy.command.Wiring.FarmProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code doos standalone}. */
@Command(
    name = "standalone",
    description =
        "Run the whole farm in this process: gateway, worker, and an embedded broker and store that"
            + " keep their data in data.dir.")
final class StandaloneCommand implements Callable<Integer> {

  private final DoosCommand doos;
  private final FarmProcess process;

  StandaloneCommand(DoosCommand doos, FarmProcess process) {
    this.doos = doos;
    this.process = process;
  }

  @Override
  public Integer call() throws Exception {
    var settings = doos.settings();
    Logging.start(settings);
    return process.run(settings);
  }
}
