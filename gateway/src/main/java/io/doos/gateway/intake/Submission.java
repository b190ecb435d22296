package io.doos.gateway.intake;

import io.doos.common.job.Pool;
import io.doos.common.job.Work;
import io.doos.gateway.spool.Slice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as a door got it from a client; nothing in it has been checked yet.
 *
 * @param files in the order they came; the spools behind them stay open until the intake answered
 * @param priority 0 to 9, or null for none
 * @param timeout how long one run may take, or null for the farm's default
 * @param tenant whose job it is, or null
 */
public record Submission(
    Work work,
    List<SpooledFile> files,
    Pool pool,
    @Nullable Integer priority,
    @Nullable Duration timeout,
    @Nullable String tenant) {

  /** A file that came along. */
  public record SpooledFile(String name, Slice content) {}

  public Submission {
    files = List.copyOf(files);
  }

  /** The same job of another tenant, or null. */
  Submission withTenant(@Nullable String other) {
    return new Submission(work, files, pool, priority, timeout, other);
  }

  /** The size of all files together. */
  public long bytes() {
    return files.stream().mapToLong(file -> file.content().bytes()).sum();
  }
}
