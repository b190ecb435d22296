package io.doos.gateway.intake;

import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.gateway.spool.Slice;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    @Nullable String tenant,
    Extras extras) {

  /**
   * What only some doors let their clients say.
   *
   * @param ticket the job's ticket, chosen by the client; null to draw one
   * @param stored files that lie in the bucket already
   * @param bundle more files, in a zip in the bucket; null for none
   * @param maxAttempts how often the job may take its office down; null for the farm's default
   * @param notAfter when it is too late to begin; null for the farm's default
   * @param webhook where to tell of the job's end, or null
   * @param headers what is carried along with the job's message
   */
  public record Extras(
      @Nullable Ticket ticket,
      List<InputFile.Stored> stored,
      @Nullable Bundle bundle,
      @Nullable Integer maxAttempts,
      @Nullable Instant notAfter,
      @Nullable URI webhook,
      Map<String, String> headers) {

    public static final Extras NONE = new Extras(null, List.of(), null, null, null, null, Map.of());

    public Extras {
      stored = List.copyOf(stored);
      headers = Map.copyOf(headers);
    }

    private Extras withHeaders(Map<String, String> others) {
      return new Extras(ticket, stored, bundle, maxAttempts, notAfter, webhook, others);
    }
  }

  /** A submission by a door that knows no extras. */
  public Submission(
      Work work,
      List<SpooledFile> files,
      Pool pool,
      @Nullable Integer priority,
      @Nullable Duration timeout,
      @Nullable String tenant) {
    this(work, files, pool, priority, timeout, tenant, Extras.NONE);
  }

  /** A file that came along. */
  public record SpooledFile(String name, Slice content) {}

  public Submission {
    files = List.copyOf(files);
  }

  /** The same job of another tenant, or null. */
  Submission withTenant(@Nullable String other) {
    return new Submission(work, files, pool, priority, timeout, other, extras);
  }

  /** The same job with other headers. */
  Submission withHeaders(Map<String, String> headers) {
    return new Submission(
        work, files, pool, priority, timeout, tenant, extras.withHeaders(headers));
  }

  /** The size of all files together. */
  public long bytes() {
    return files.stream().mapToLong(file -> file.content().bytes()).sum();
  }
}
