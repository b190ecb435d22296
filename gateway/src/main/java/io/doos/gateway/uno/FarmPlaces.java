package io.doos.gateway.uno;

import io.doos.common.uno.Places;
import io.doos.common.uno.RemoteDoor;
import io.doos.common.uno.SessionEnd;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes offices from the workers for UNO clients: from the worker with most free offices, else from
 * the next. Who comes first asks first; the others stand behind it. A worker that dies takes its
 * own sessions along and no others. Safe from any thread.
 */
public final class FarmPlaces implements Places {

  private static final Logger log = LoggerFactory.getLogger(FarmPlaces.class);

  /** While no worker tells of a free office, who stands first asks all this often. */
  private static final Duration ASK_ALL = Duration.ofSeconds(1);

  private final UnoWorkers workers;
  private final InstantSource clock;
  private final Semaphore turn = new Semaphore(1, true);
  private final Map<String, List<Instant>> takenAt = new HashMap<>();
  private final Map<String, Instant> failedAt = new HashMap<>();

  public FarmPlaces(UnoWorkers workers, InstantSource clock) {
    this.workers = workers;
    this.clock = clock;
  }

  @Override
  public int total() {
    return workers.present().stream().mapToInt(UnoWorker::places).sum();
  }

  @Override
  public int free() {
    return workers.present().stream().mapToInt(UnoWorker::free).sum();
  }

  @Override
  public Place take(String caller, Duration patience) throws NoPlace, InterruptedException {
    var deadline = clock.instant().plus(patience);
    if (!turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      throw busy();
    }
    try {
      var likelyOnly = false; // at first all are asked: news may be late
      while (true) {
        var taken = ask(caller, likelyOnly);
        if (taken.isPresent()) {
          return taken.get();
        }
        var left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
          throw busy();
        }
        likelyOnly = workers.awaitNews(left.compareTo(ASK_ALL) < 0 ? left : ASK_ALL);
      }
    } finally {
      turn.release();
    }
  }

  private NoPlace busy() {
    var known = workers.present();
    return new NoPlace(
        SessionEnd.BUSY,
        known.isEmpty()
            ? "no worker with a UNO door (uno.accept of the workers) is known"
            : "no office of %d workers became free in time".formatted(known.size()));
  }

  private Optional<Place> ask(String caller, boolean likelyOnly) {
    var known = workers.present();
    forgetOthersThan(known);
    var choice = new Choice(takenAt, failedAt);
    for (var worker : likelyOnly ? choice.likely(known) : choice.all(known)) {
      var granted = ask(worker, caller);
      if (granted.isPresent()) {
        takenAt
            .computeIfAbsent(worker.name(), _ -> new java.util.ArrayList<>())
            .add(clock.instant());
        return granted.map(
            office -> new Taken(worker.name() + "/" + office.office(), office.channel()));
      }
    }
    return Optional.empty();
  }

  private Optional<RemoteDoor.Granted> ask(UnoWorker worker, String caller) {
    try {
      return worker.door().ask(caller, Duration.ZERO);
    } catch (IOException e) {
      log.warn(
          "Worker {} cannot be reached over UNO at {}: {}",
          worker.name(),
          worker.door(),
          e.getMessage());
      failedAt.put(worker.name(), clock.instant());
      return Optional.empty();
    }
  }

  private void forgetOthersThan(List<UnoWorker> known) {
    var names = known.stream().map(UnoWorker::name).toList();
    failedAt.keySet().retainAll(names);
    takenAt.keySet().retainAll(names);
    known.forEach(worker ->
        takenAt.computeIfPresent(
            worker.name(),
            (_, taken) -> {
              taken.removeIf(at -> !at.isAfter(worker.heardAt()));
              return taken;
            }));
  }

  /** The worker notices by the channel's end that it is given back. */
  private record Taken(String office, SocketChannel channel) implements Place {

    @Override
    public void giveBack(SessionEnd how) {
      try {
        channel.close();
      } catch (IOException e) {
        log.debug("Closing a channel failed", e);
      }
    }
  }
}
