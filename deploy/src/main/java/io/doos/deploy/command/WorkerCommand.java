package io.doos.deploy.command;

import io.doos.deploy.Logging;
import io.doos.deploy.command.Wiring.FarmProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code doos worker}. */
@Command(
    name = "worker",
    description = "Run a worker: takes jobs from the queue and lets its offices do them.")
final class WorkerCommand implements Callable<Integer> {

  private final DoosCommand doos;
  private final FarmProcess process;

  WorkerCommand(DoosCommand doos, FarmProcess process) {
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
