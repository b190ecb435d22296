package io.doos.gateway.watch;

import io.doos.common.status.State;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of the jobs are wanted; what is empty does not matter.
 *
 * @param worker that had it last
 * @param text anywhere in ticket or error, in any case
 */
public record JobFilter(
    Optional<State> state, String kind, String pool, String tenant, String worker, String text) {

  /** All of them. */
  public static final JobFilter ALL = new JobFilter(Optional.empty(), "", "", "", "", "");

  boolean takes(HeardJob job) {
    return (state.isEmpty() || state.get() == job.state())
        && fits(kind, job.kind())
        && fits(pool, job.pool().map(Object::toString))
        && fits(tenant, job.tenant())
        && fits(worker, job.worker())
        && (text.isEmpty() || contains(job.ticket().value()) || contains(job.error()));
  }

  private static boolean fits(String wanted, Optional<String> found) {
    return wanted.isEmpty() || found.filter(wanted::equals).isPresent();
  }

  private boolean contains(String where) {
    return where.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
