package io.doos.common.crew;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The workers that were heard of lately. Who was silent for {@link WorkerNews#FORGOTTEN} or said
 * that it is gone is forgotten. Ages are by our own clock: the workers' may be off. Safe for use by
 * any thread.
 */
public final class Roster {

  /** More workers than a farm has; beyond, the one that was silent longest goes. */
  private static final int MOST = 1000;

  private final InstantSource clock;
  private final Map<String, Entry> entries = new TreeMap<>();

  /**
   * What a worker said last.
   *
   * @param silence since it said that
   */
  public record Heard(WorkerNews news, Duration silence) {}

  private record Entry(WorkerNews news, Instant heardAt) {}

  public Roster(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes note of what a worker says. */
  public synchronized void hear(WorkerNews news) {
    if (news.state() == WorkerState.STOPPED) {
      entries.remove(news.worker());
      return;
    }
    entries.put(news.worker(), new Entry(news, clock.instant()));
    if (entries.size() > MOST) {
      entries.entrySet().stream()
          .min((one, other) -> one.getValue().heardAt().compareTo(other.getValue().heardAt()))
          .map(Map.Entry::getKey)
          .ifPresent(entries::remove);
    }
  }

  /** The workers there are, by name. */
  public synchronized List<Heard> present() {
    var now = clock.instant();
    entries.values().removeIf(entry -> !now.isBefore(entry.heardAt().plus(WorkerNews.FORGOTTEN)));
    return entries.values().stream()
        .map(entry -> new Heard(entry.news(), Duration.between(entry.heardAt(), now)))
        .toList();
  }
}
