package io.doos.deploy.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A macro job to be sent.
 *
 * @param script the Basic source
 * @param files what the macro finds in its INDIR, each under its file name
 * @param function the function or sub to call
 * @param pool the workers' pool; the gateway's default if empty
 * @param priority 0 to 9
 * @param timeout how long it may run, sent in whole seconds, rounded up
 */
public record Submission(
    Path script,
    List<Path> files,
    String function,
    Optional<String> pool,
    Optional<Integer> priority,
    Optional<Duration> timeout) {

  public Submission {
    files = List.copyOf(files);
  }

  /** The request's arguments. */
  String arguments() {
    var text = new StringBuilder("prepareJob;initFunc=").append(function);
    pool.ifPresent(name -> text.append(";pool=").append(name));
    priority.ifPresent(number -> text.append(";priority=").append(number));
    timeout.ifPresent(time -> text.append(";timeout=").append(wholeSeconds(time)));
    return text.toString();
  }

  private static long wholeSeconds(Duration time) {
    return time.plusMillis(999).toSeconds();
  }
}
