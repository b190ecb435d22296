package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.JobView;
import io.doos.deploy.client.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code doos submit}. */
@Command(
    name = "submit",
    description = "Send a macro and its files to the farm; wait for the documents, if you like.")
final class SubmitCommand implements Callable<Integer> {

  private final DoosCommand doos;

  @Mixin private FarmOptions farm = new FarmOptions();

  @Parameters(index = "0", paramLabel = "SCRIPT", description = "The macro, a Basic source.")
  private @Nullable Path script;

  @Parameters(
      index = "1..*",
      paramLabel = "FILE",
      description = "What the macro finds in <<INDIR>>; further *.bas are loaded as modules.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-f", "--func"},
      paramLabel = "NAME",
      defaultValue = "Main",
      description = "What to call; ${DEFAULT-VALUE} if not given.")
  private String function = "Main";

  @Option(
      names = {"-w", "--wait"},
      description = "Wait until the job has ended.")
  private boolean wait;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Wait, and write the files that the job left here.")
  private @Nullable Path output;

  @Option(names = "--priority", paramLabel = "0-9", description = "The higher, the sooner.")
  private @Nullable Integer priority;

  @Mixin private RunOptions run = new RunOptions();

  @Option(names = "--json", description = "Answer with one JSON object, at the end.")
  private boolean json;

  SubmitCommand(DoosCommand doos) {
    this.doos = doos;
  }

  @Override
  public Integer call() throws Exception {
    var client = farm.client(doos);
    var ticket = client.submit(submission());
    if (!wait && output == null) {
      var answer = json ? Json.line(Map.of("ticket", ticket.value())) : "Ticket " + ticket;
      doos.shell().out().println(answer);
      return ExitCode.OK;
    }
    var chatter = json ? doos.shell().err() : doos.shell().out();
    chatter.println("Ticket " + ticket);
    try (var _ = new LeftRunning(doos.shell(), ticket, farm)) {
      var progress = Results.progress(doos.shell(), json);
      var view = new JobWatch(client, progress, InstantSource.system()).untilFinal(ticket);
      return view.word() == JobView.Word.DONE ? done(client, ticket, view) : failed(view);
    }
  }

  private Submission submission() {
    return new Submission(
        Objects.requireNonNull(script),
        files,
        function,
        run.pool(),
        Optional.ofNullable(priority),
        run.timeout());
  }

  private int done(DoosClient client, Ticket ticket, JobView view)
      throws ClientFailure, IOException, InterruptedException {
    var results = new Results(doos.shell(), json);
    if (output != null) {
      return results.fetch(client, view, output);
    }
    if (json) {
      doos.shell().out().println(Json.line(Answers.fields(view)));
    } else {
      doos.shell()
          .out()
          .println("To get its files: doos output " + ticket + farm.again() + " -o out");
    }
    return ExitCode.OK;
  }

  private int failed(JobView view) {
    var results = new Results(doos.shell(), json);
    results.tellFailure(view);
    view.error()
        .flatMap(error -> SourceLine.of(error, Objects.requireNonNull(script), files))
        .ifPresent(line ->
            doos.shell().err().printf("%s:%d: %s%n", line.file(), line.number(), line.text()));
    return ExitCode.JOB_FAILED;
  }
}
