package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doos delete}. */
@Command(
    name = "delete",
    description = "Withdraw jobs that wait or run, and remove what they left.")
final class DeleteCommand implements Callable<Integer> {

  private final DoosCommand doos;

  @Mixin private FarmOptions farm = new FarmOptions();

  @Mixin private JobsOption jobs = new JobsOption();

  DeleteCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() throws Exception {
    var client = farm.client(doos);
    for (var ticket : jobs.tickets()) {
      client.delete(ticket);
      if (!jobs.isJson()) {
        doos.shell().out().println("Deleted " + ticket);
      }
    }
    if (jobs.isJson()) {
      var deleted = jobs.tickets().stream().map(Ticket::value).toList();
      doos.shell().out().println(Json.line(Map.of("deleted", deleted)));
    }
    return ExitCode.OK;
  }
}
