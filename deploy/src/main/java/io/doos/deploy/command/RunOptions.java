package io.doos.deploy.command;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a job is to run, and for how long. */
final class RunOptions {

  @Option(names = "--pool", paramLabel = "NAME", description = "Pool of workers to do it.")
  private @Nullable String pool;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "How long a job may run, such as 90s or 5m.")
  private @Nullable Duration timeout;

  Optional<String> pool() {
    return Optional.ofNullable(pool);
  }

  Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }
}
