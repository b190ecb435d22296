package io.doos.deploy.command;

import io.doos.common.job.Ticket;

/**
 * While open, whoever stops this process by Ctrl-C is told that the job goes on and how to ask for
 * it.
 */
final class LeftRunning implements AutoCloseable {

  private final Thread hook;

  LeftRunning(Shell shell, Ticket ticket, FarmOptions farm) {
    hook =
        new Thread(
            () -> {
              var arguments = ticket + farm.again();
              shell.err().println();
              shell.err().println("The job goes on without us. To see how it is doing:");
              shell.err().println("  doos status " + arguments);
              shell.err().println("To get its files:");
              shell.err().println("  doos output " + arguments + " --wait -o out");
              shell.err().flush();
            },
            "doos-left-running");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is stopping already: the hook speaks
    }
  }
}
