package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.JobView;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doos status}. */
@Command(name = "status", description = "Say how a job is doing; exit code 1 when it failed.")
final class StatusCommand implements Callable<Integer> {

  private final DoosCommand doos;

  @Mixin private FarmOptions farm = new FarmOptions();

  @Parameters(paramLabel = "TICKET", converter = TicketConverter.class, description = "The job.")
  private @Nullable Ticket ticket;

  @Option(names = "--json", description = "Answer with a JSON object.")
  private boolean json;

  StatusCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() throws Exception {
    var view = farm.client(doos).status(Objects.requireNonNull(ticket));
    var out = doos.shell().out();
    if (json) {
      out.println(Json.line(Answers.fields(view)));
    } else {
      out.println("Ticket " + view.ticket() + ": " + view.word().shown());
      view.lines()
          .forEach((name, text) -> out.println("  " + name + " " + Answers.printable(text)));
    }
    return view.word() == JobView.Word.ERROR ? ExitCode.JOB_FAILED : ExitCode.OK;
  }
}
