package io.doos.deploy.command;

import io.doos.deploy.Logging;
import io.doos.deploy.command.Wiring.FarmProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code doos gateway}. */
@Command(name = "gateway", description = "Run a gateway: takes jobs, answers for them.")
final class GatewayCommand implements Callable<Integer> {

  private final DoosCommand doos;
  private final FarmProcess process;

  GatewayCommand(DoosCommand doos, FarmProcess process) {
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
