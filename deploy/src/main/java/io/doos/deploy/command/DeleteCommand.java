package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doos delete}. */
@Command(
    name = "delete",
    description = "Withdraw jobs that wait or run, and remove what they left.")
final class DeleteCommand implements Callable<Integer> {

  private final DoosCommand doos;

  @Mixin private FarmOptions farm = new FarmOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "TICKET",
      converter = TicketConverter.class,
      description = "The jobs.")
  private List<Ticket> tickets = new ArrayList<>();

  @Option(names = "--json", description = "Answer with a JSON object.")
  private boolean json;

  DeleteCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() throws Exception {
    var client = farm.client(doos);
    for (var ticket : tickets) {
      client.delete(ticket);
      if (!json) {
        doos.shell().out().println("Deleted " + ticket);
      }
    }
    if (json) {
      var deleted = tickets.stream().map(Ticket::value).toList();
      doos.shell().out().println(Json.line(Map.of("deleted", deleted)));
    }
    return ExitCode.OK;
  }
}
