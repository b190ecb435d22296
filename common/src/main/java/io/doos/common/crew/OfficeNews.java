package io.doos.common.crew;

import io.doos.common.job.Ticket;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One office of a worker, or one formatter, as it was when the worker told of it.
 *
 * @param slot its place, from 0
 * @param generation counts the offices of that place from 1
 * @param state such as {@code READY}, {@code LEASED} or {@code STARTING}
 * @param uses leases so far
 * @param startedAt when it was ready first; for one that starts, since when
 * @param memoryBytes resident, when it was last looked at; 0 when it never was
 * @param tenant whom it serves, null while it is fresh or serves jobs without a tenant
 * @param current what it works on, null while it works on no job
 */
public record OfficeNews(
    int slot,
    int generation,
    String state,
    int uses,
    Instant startedAt,
    long memoryBytes,
    @Nullable String tenant,
    @Nullable Current current) {

  /**
   * The job in an office.
   *
   * @param since when it entered the office
   */
  public record Current(Ticket ticket, Instant since) {}

  public OfficeNews {
    if (slot < 0 || generation < 1 || uses < 0 || memoryBytes < 0) {
      throw new IllegalArgumentException("an office has a place, a number and no negative figures");
    }
    if (state.isBlank()) {
      throw new IllegalArgumentException("an office is in some state");
    }
  }
}
