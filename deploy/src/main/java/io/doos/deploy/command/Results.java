package io.doos.deploy.command;

import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.JobView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches and tells what became of a job. */
final class Results {

  private final Shell shell;
  private final boolean json;

  Results(Shell shell, boolean json) {
    this.shell = shell;
    this.json = json;
  }

  /** Where the progress of a job is shown; not among the answers when those are JSON. */
  static Progress progress(Shell shell, boolean json) {
    if (json) {
      return new Progress.PlainLines(shell.err());
    }
    return shell.isTerminal()
        ? new Progress.LiveLine(shell.out())
        : new Progress.PlainLines(shell.out());
  }

  /** Writes the files of a job that is done into {@code folder} and tells them. */
  int fetch(DoosClient client, JobView view, Path folder)
      throws ClientFailure, IOException, InterruptedException {
    Files.createDirectories(folder);
    var zip = folder.resolve(".doos-" + view.ticket() + ".zip");
    try {
      if (!client.output(view.ticket(), zip)) {
        throw new IOException("The result of job " + view.ticket() + " is gone.");
      }
      var files = ResultFiles.unpack(zip, folder);
      tell(view, files);
      return ExitCode.OK;
    } finally {
      Files.deleteIfExists(zip);
    }
  }

  private void tell(JobView view, ResultFiles files) {
    if (json) {
      var fields = Answers.fields(view);
      fields.put("files", Answers.fields(files));
      shell.out().println(Json.line(fields));
    } else {
      Answers.tell(files, shell.out());
    }
    Answers.tellRefused(files, shell.err());
  }

  /** Tells why a job failed. */
  void tellFailure(JobView view) {
    if (json) {
      shell.out().println(Json.line(Answers.fields(view)));
    }
    var why = view.error().map(error -> ": " + Answers.printable(error)).orElse(".");
    shell.err().println("Job " + view.ticket() + " failed" + why);
  }
}
