package io.doos.common.job;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as it travels: the body of a queue message.
 *
 * @param files input files, names distinct
 * @param bundle more input files in a zip, or null
 * @param limits how long and how often it may run
 * @param tenant whose job it is, or null; an office serves one tenant in its life
 */
public record JobMessage(
    Ticket ticket,
    Work work,
    List<InputFile> files,
    @Nullable Bundle bundle,
    Instant submittedAt,
    Limits limits,
    @Nullable String tenant) {

  /** A message's size limit on the wire. */
  public static final int MAX_BYTES = 256 * 1024;

  /**
   * What the publisher asks for; null means the farm's own default.
   *
   * @param notAfter the job must not start later than this
   * @param timeout how long one run may take
   * @param maxAttempts how often it may take its office down with it; at least 1
   */
  public record Limits(
      @Nullable Instant notAfter, @Nullable Duration timeout, @Nullable Integer maxAttempts) {

    /** The farm's defaults for everything. */
    public static final Limits DEFAULT = new Limits(null, null, null);

    public Limits {
      if (timeout != null && !timeout.isPositive()) {
        throw new IllegalArgumentException("timeoutSeconds is not positive");
      }
      if (maxAttempts != null && maxAttempts < 1) {
        throw new IllegalArgumentException("maxAttempts is less than 1");
      }
    }
  }

  public JobMessage {
    files = List.copyOf(files);
    var names = new HashSet<String>();
    for (var file : files) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException("two files are named '" + file.name() + "'");
      }
    }
  }
}
