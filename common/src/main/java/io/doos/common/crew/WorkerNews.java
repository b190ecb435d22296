package io.doos.common.crew;

import io.doos.common.job.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells of itself: whole each time, so that the newest is all that anybody needs.
 *
 * @param worker its name, as claims and statuses have it
 * @param since when it came into {@code state}
 * @param at when it told this
 * @param versions what it runs
 * @param door where its offices can be reached over UNO, null where they cannot
 * @param offices in the order of their places
 * @param formatters those that are there, told of like offices
 * @param inHand jobs that it took from the queue and has not ended
 */
public record WorkerNews(
    String worker,
    Pool pool,
    WorkerState state,
    Instant since,
    Instant at,
    Versions versions,
    @Nullable Door door,
    List<OfficeNews> offices,
    List<OfficeNews> formatters,
    int inHand) {

  /** A worker that has nothing new to say repeats itself this often. */
  public static final Duration INTERVAL = Duration.ofSeconds(6);

  /** Who was silent for so long is forgotten: four times that it should have spoken. */
  public static final Duration FORGOTTEN = INTERVAL.multipliedBy(5);

  /**
   * What a worker runs.
   *
   * @param doos such as {@code 0.1.0}
   * @param office LibreOffice's own, such as {@code 7.4.7.2}; null before it was looked for
   */
  public record Versions(String doos, @Nullable String office) {}

  /**
   * Where clients of UNO connect to.
   *
   * @param host name or address, as other machines know it
   * @param places how many clients can have an office at the same time
   * @param free how many more could have one now
   * @param sessions of the clients that have one
   */
  public record Door(String host, int port, int places, int free, List<Session> sessions) {
    public Door {
      sessions = List.copyOf(sessions);
      if (free < 0 || free > places) {
        throw new IllegalArgumentException("a door has from none to all of its places free");
      }
      if (host.isBlank() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a door has a host and a port from 1 to 65535");
      }
    }
  }

  /**
   * A client of UNO and its office.
   *
   * @param client such as {@code 10.0.0.7:51234}, or {@code 10.0.0.7:51234 by 10.0.0.2:40000} where
   *     a gateway passes it on
   * @param office such as {@code office-2.17}
   * @param since when the client got it
   */
  public record Session(String client, String office, Instant since) {}

  public WorkerNews {
    if (worker.isBlank()) {
      throw new IllegalArgumentException("a worker has a name");
    }
    if (inHand < 0) {
      throw new IllegalArgumentException("nobody has fewer than no jobs in hand");
    }
    offices = List.copyOf(offices);
    formatters = List.copyOf(formatters);
  }

  /** Jobs that it has in hand and no office and no formatter works on. */
  public int staged() {
    return Math.max(0, inHand - (int) atWork().count());
  }

  /** The jobs in its offices and formatters. */
  public Stream<OfficeNews.Current> atWork() {
    return Stream.concat(offices.stream(), formatters.stream())
        .map(OfficeNews::current)
        .filter(Objects::nonNull);
  }

  /** Whether both say the same, but for when they say it. */
  public boolean saysTheSameAs(WorkerNews other) {
    return other.toldAt(at).equals(this);
  }

  private WorkerNews toldAt(Instant when) {
    return new WorkerNews(
        worker, pool, state, since, when, versions, door, offices, formatters, inHand);
  }
}
