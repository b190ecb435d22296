package io.doos.deploy.command;

import io.doos.common.config.Catalogue;
import io.doos.deploy.Logging;
import io.doos.deploy.command.Wiring.FarmProcess;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doos worker}. */
@Command(
    name = "worker",
    description = "Run a worker: takes jobs from the queue and lets its offices do them.")
final class WorkerCommand implements Callable<Integer> {

  private final DoosCommand doos;
  private final FarmProcess process;

  @Option(
      names = "--pool",
      paramLabel = "NAME",
      description = "The pool whose jobs it takes; the setting worker.pool if not given.")
  private @Nullable String pool;

  WorkerCommand(DoosCommand doos, FarmProcess process) {
    this.doos = doos;
    this.process = process;
  }

  @Override
  public Integer call() throws Exception {
    var own = pool == null ? Map.<String, String>of() : Map.of(Catalogue.WORKER_POOL.name(), pool);
    var settings = doos.settings(own);
    Logging.start(settings);
    return process.run(settings);
  }
}
