package io.doos.gateway.results;

import io.doos.common.job.Ticket;
import io.doos.common.status.Status;
import io.doos.gateway.access.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows jobs: the news of an end tell it, the ledger tells all else. Without any news it looks
 * after a second, and then ever more seldom. Safe for use by any number of threads.
 */
public final class Following {

  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  /** How soon it is seen that nobody wants to know any more. */
  private static final Duration GLANCE = Duration.ofMillis(500);

  private final Results results;
  private final JobNews news;

  public Following(Results results, JobNews news) {
    this.results = results;
    this.news = news;
  }

  /** Whether this process stops and nobody should wait any longer. */
  public boolean isOver() {
    return news.isClosed();
  }

  /**
   * Waits until a job has ended.
   *
   * @param caller who asks; others' jobs are not there for them
   * @param patience how long at most; not at all when zero
   * @param isWanted asked twice a second: when it says no, the wait is over
   * @return how the job is then, ended or not; empty when there is no such job
   */
  public Optional<Status> untilFinal(
      Ticket ticket, Caller caller, Duration patience, BooleanSupplier isWanted)
      throws Unavailable, InterruptedException {
    try (var watch = news.watch(ticket)) {
      var status = results.status(ticket, caller);
      return isOpen(status) ? await(watch, caller, status, patience, isWanted) : status;
    }
  }

  private static boolean isOpen(Optional<Status> status) {
    return status.filter(known -> !known.state().isFinal()).isPresent();
  }

  /**
   * Waits for the end of a job of which {@code caller} may know: an end that is told needs no look.
   *
   * @param known how the job was last
   */
  private Optional<Status> await(
      JobNews.Watch watch,
      Caller caller,
      Optional<Status> known,
      Duration patience,
      BooleanSupplier isWanted)
      throws Unavailable, InterruptedException {
    var until = System.nanoTime() + patience.toNanos();
    var status = known;
    for (var pause = FIRST_LOOK; ; pause = longer(pause)) {
      var left = Duration.ofNanos(until - System.nanoTime());
      if (!left.isPositive()) {
        return status;
      }
      var isGoingOn = awaitNews(watch, left.compareTo(pause) < 0 ? left : pause, isWanted);
      if (watch.end().isPresent()) {
        return watch.end();
      }
      if (!isGoingOn) {
        return status;
      }
      status = results.status(watch.ticket(), caller);
      if (!isOpen(status)) {
        return status;
      }
    }
  }

  /** A job that {@code caller} is about to submit. For one thread; closed by who asked for it. */
  public Own own(Caller caller) {
    return new Own(caller);
  }

  /** A job's changes, one after the other. For one thread; closed by who asked for it. */
  public Changes changes(Ticket ticket, Caller caller) {
    return new Changes(ticket, caller, news.watch(ticket));
  }

  /**
   * @return false when nobody wants to know any more
   */
  private boolean awaitNews(JobNews.Watch watch, Duration longest, BooleanSupplier isWanted)
      throws InterruptedException {
    var left = longest.toMillis();
    while (left >= 0 && !news.isClosed() && isWanted.getAsBoolean()) {
      var slice = Math.min(left, GLANCE.toMillis());
      if (watch.await(Math.max(slice, 1))) {
        return true;
      }
      left -= Math.max(slice, 1);
    }
    return left < 0 || (!news.isClosed() && isWanted.getAsBoolean());
  }

  private static Duration longer(Duration pause) {
    var more = pause.plus(FIRST_LOOK);
    return more.compareTo(LONGEST_LOOK) < 0 ? more : LONGEST_LOOK;
  }

  /**
   * A job that its follower submits: watched from before it may run, so that its end cannot have
   * passed unheard, and nobody need look how it is meanwhile.
   */
  public final class Own implements AutoCloseable {
    private final Caller caller;
    private JobNews.@Nullable Watch watch;

    private Own(Caller caller) {
      this.caller = caller;
    }

    /** Begins to watch; to be told the ticket before the job is published. */
    public void begin(Ticket ticket) {
      close();
      watch = news.watch(ticket);
    }

    /**
     * Waits until the job has ended, as {@link Following#untilFinal} does.
     *
     * @throws IllegalStateException when it was not begun
     */
    public Optional<Status> untilFinal(Duration patience, BooleanSupplier isWanted)
        throws Unavailable, InterruptedException {
      var begun = watch;
      if (begun == null) {
        throw new IllegalStateException("nobody told which job is followed");
      }
      var status = await(begun, caller, Optional.empty(), patience, isWanted);
      return status.isPresent() ? status : results.status(begun.ticket(), caller);
    }

    @Override
    public void close() {
      var begun = watch;
      watch = null;
      if (begun != null) {
        begun.close();
      }
    }
  }

  /** What happens to one job. */
  public final class Changes implements AutoCloseable {
    private final Ticket ticket;
    private final Caller caller;
    private final JobNews.Watch watch;

    private Changes(Ticket ticket, Caller caller, JobNews.Watch watch) {
      this.ticket = ticket;
      this.caller = caller;
      this.watch = watch;
    }

    /** How the job is now; empty when there is no such job, or no more. */
    public Optional<Status> now() throws Unavailable {
      return results.status(ticket, caller);
    }

    /** Waits for news, at most a few seconds. */
    public void await() throws InterruptedException {
      watch.await(LONGEST_LOOK.toMillis());
    }

    @Override
    public void close() {
      watch.close();
    }
  }
}
