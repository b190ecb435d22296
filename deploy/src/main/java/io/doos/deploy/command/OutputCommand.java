package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.JobView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doos output}. */
@Command(name = "output", description = "Fetch the files that a job left.")
final class OutputCommand implements Callable<Integer> {

  /** Where the result goes: one of the two. */
  private static final class Where {
    @Option(
        names = {"-o", "--output"},
        required = true,
        paramLabel = "FOLDER",
        description = "Write the files here.")
    private @Nullable Path folder;

    @Option(
        names = "--zip",
        required = true,
        paramLabel = "FILE",
        description = "Write the zip as it came.")
    private @Nullable Path zip;
  }

  private final DoosCommand doos;

  @Mixin private FarmOptions farm = new FarmOptions();

  @ArgGroup(multiplicity = "1")
  private @Nullable Where where;

  @Parameters(paramLabel = "TICKET", converter = TicketConverter.class, description = "The job.")
  private @Nullable Ticket ticket;

  @Option(
      names = {"-w", "--wait"},
      description = "Wait until the job has ended.")
  private boolean wait;

  @Option(names = "--json", description = "Answer with a JSON object.")
  private boolean json;

  OutputCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() throws Exception {
    var client = farm.client(doos);
    var view = view(client, Objects.requireNonNull(ticket));
    var results = new Results(doos.shell(), json);
    return switch (view.word()) {
      case ENQUEUED, DEQUEUED -> tellUnfinished(view);
      case ERROR -> {
        results.tellFailure(view);
        yield ExitCode.JOB_FAILED;
      }
      case DONE -> fetch(client, view, results, Objects.requireNonNull(where));
    };
  }

  private JobView view(DoosClient client, Ticket ticket)
      throws ClientFailure, InterruptedException {
    if (!wait) {
      return client.status(ticket);
    }
    var progress = Results.progress(doos.shell(), json);
    return new JobWatch(client, progress, InstantSource.system()).untilFinal(ticket);
  }

  private int fetch(DoosClient client, JobView view, Results results, Where where)
      throws ClientFailure, IOException, InterruptedException {
    if (where.folder != null) {
      return results.fetch(client, view, where.folder);
    }
    var zip = Objects.requireNonNull(where.zip);
    if (!client.output(view.ticket(), zip)) {
      throw new IOException("The result of job " + view.ticket() + " is gone.");
    }
    if (json) {
      var fields = Answers.fields(view);
      fields.put("zip", zip.toString());
      doos.shell().out().println(Json.line(fields));
    } else {
      doos.shell().out().println(zip + "  " + Answers.size(Files.size(zip)));
    }
    return ExitCode.OK;
  }

  private int tellUnfinished(JobView view) {
    doos.shell()
        .err()
        .printf(
            "Job %s is %s: it has no result yet; --wait waits for it.%n",
            view.ticket(), view.word().shown());
    return ExitCode.JOB_FAILED;
  }
}
