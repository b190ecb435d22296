package io.doos.deploy.command;

import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Setting;
import io.doos.deploy.Logging;
import io.doos.deploy.command.Wiring.FarmProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** {@code doos standalone}, {@code doos gateway}, {@code doos worker}: a part of the farm. */
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:told to stop, it finished what ran and stopped",
      "2:it could not start: wrong usage or settings, or something missing on this machine",
      "3:it could not start: the store or the broker cannot be reached",
      "130, 143:told to stop twice, by Ctrl-C or SIGTERM, it stopped at once"
    })
final class ProcessCommand implements Callable<Integer> {

  private final DoosCommand doos;
  private final FarmProcess process;

  /** What options of the command's own say, by setting. */
  private final Map<String, String> own = new HashMap<>();

  private ProcessCommand(DoosCommand doos, FarmProcess process) {
    this.doos = doos;
    this.process = process;
  }

  static CommandLine standalone(DoosCommand doos, FarmProcess process) {
    return of(
        new ProcessCommand(doos, process),
        "Run the whole farm in this process: gateway, worker, and an embedded broker and store that"
            + " keep their data in data.dir.");
  }

  static CommandLine gateway(DoosCommand doos, FarmProcess process) {
    return of(new ProcessCommand(doos, process), "Run a gateway: takes jobs, answers for them.");
  }

  static CommandLine worker(DoosCommand doos, FarmProcess process) {
    var worker = new ProcessCommand(doos, process);
    var command =
        of(worker, "Run a worker: takes jobs from the queue and lets its offices do them.");
    worker.addOption(
        command, "--pool", ProcessSetting.WORKER_POOL, "Take jobs of this pool; as worker.pool.");
    return command;
  }

  private static CommandLine of(ProcessCommand process, String description) {
    var command = new CommandLine(process);
    SettingsHelp.addTo(command.getCommandSpec().usageMessage().description(description));
    return command;
  }

  private void addOption(CommandLine command, String name, Setting<?> setting, String description) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder(name)
                .paramLabel("NAME")
                .type(String.class)
                .description(description)
                .setter(
                    new CommandLine.Model.ISetter() {
                      @Override
                      public <T> T set(T value) {
                        if (value != null) {
                          own.put(setting.name(), value.toString());
                        }
                        return value;
                      }
                    })
                .build());
  }

  @Override
  public Integer call() throws Exception {
    var settings = doos.settings(own);
    Logging.start(settings);
    return process.run(settings);
  }
}
