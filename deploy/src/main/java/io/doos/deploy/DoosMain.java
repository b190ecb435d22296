package io.doos.deploy;

import io.doos.common.config.Settings;
import io.doos.deploy.command.DoosCommand;
import io.doos.deploy.command.Shell;
import io.doos.deploy.command.Wiring;
import io.doos.deploy.doctor.Check;
import io.doos.deploy.doctor.Checkup;
import io.doos.deploy.standalone.StandaloneMain;
import io.doos.gateway.GatewayMain;
import io.doos.worker.WorkerMain;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The {@code doos} command as a process: the one place that reads the environment and exits. */
public final class DoosMain {

  private DoosMain() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] arguments) {
    var shell = Shell.ofProcess(System.getenv());
    System.exit(DoosCommand.run(shell, wiring(), arguments));
  }

  private static Wiring wiring() {
    return new Wiring(
        StandaloneMain::run,
        GatewayMain::run,
        WorkerMain::run,
        LocalFarm::openStore,
        DoosMain::checks);
  }

  private static List<Check> checks(Settings settings) throws Exception {
    var _ = LoggerFactory.getILoggerFactory(); // there before checks log on many threads at once
    var filled = LocalFarm.fillIn(settings);
    return Checkup.of(settings, filled, () -> LocalFarm.openStore(settings));
  }
}
