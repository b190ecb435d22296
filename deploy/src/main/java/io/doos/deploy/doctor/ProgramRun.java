package io.doos.deploy.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A program of this machine that was run to its end.
 *
 * @param output what it printed, errors included
 */
record ProgramRun(int exitCode, String output) {

  /**
   * Runs it with an empty input.
   *
   * @throws IOException when there is no such program, or it ran past {@code limit} and was killed
   */
  static ProgramRun of(Duration limit, List<String> command)
      throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      var output =
          new FutureTask<>(() -> new String(process.getInputStream().readAllBytes(), UTF_8));
      Thread.ofVirtual().start(output);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            command.getFirst() + " did not end within " + limit.toSeconds() + " s");
      }
      return new ProgramRun(process.exitValue(), output.get());
    } catch (ExecutionException e) {
      throw new IOException("cannot read what " + command.getFirst() + " prints", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The first line of the output. */
  String firstLine() {
    return output.lines().findFirst().orElse("");
  }
}
