package io.doos.deploy;

import io.doos.common.config.Settings;
import io.doos.deploy.command.DoosCommand;
import io.doos.deploy.command.Shell;
import io.doos.deploy.command.Wiring;
import io.doos.deploy.doctor.MachineChecks;

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
        DoosMain::absent,
        DoosMain::absent,
        DoosMain::absent,
        _ -> {
          throw new UnsupportedOperationException("the store is not wired yet");
        },
        MachineChecks::of);
  }

  private static int absent(Settings settings) {
    throw new UnsupportedOperationException("not wired yet");
  }
}
