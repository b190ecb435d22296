package io.doos.deploy;

import io.doos.common.farm.FarmLinks;
import io.doos.common.store.S3ObjectStore;
import io.doos.deploy.command.DoosCommand;
import io.doos.deploy.command.Shell;
import io.doos.deploy.command.Wiring;
import io.doos.deploy.doctor.MachineChecks;
import io.doos.deploy.standalone.StandaloneMain;
import io.doos.gateway.GatewayMain;
import io.doos.worker.WorkerMain;

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
        settings -> new S3ObjectStore(FarmLinks.storeConfig(settings)),
        MachineChecks::of);
  }
}
