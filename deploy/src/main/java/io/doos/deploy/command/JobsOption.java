package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The jobs that a command is for, and whether it tells a program of them. */
final class JobsOption {

  @Parameters(
      arity = "1..*",
      paramLabel = "TICKET",
      converter = TicketConverter.class,
      description = "The jobs.")
  private List<Ticket> tickets = new ArrayList<>();

  @Option(names = "--json", description = "Answer with a JSON object.")
  private boolean json;

  List<Ticket> tickets() {
    return tickets;
  }

  boolean isJson() {
    return json;
  }
}
