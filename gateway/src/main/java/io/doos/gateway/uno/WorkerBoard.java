package io.doos.gateway.uno;

import io.doos.common.crew.Roster;
import io.doos.common.crew.WorkerNews;
import io.doos.common.crew.WorkerState;
import io.doos.common.uno.RemoteDoor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** The workers' doors by their news. Safe from any thread. */
final class WorkerBoard implements UnoWorkers {

  private final Roster roster;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private long count;

  WorkerBoard(InstantSource clock) {
    this.roster = new Roster(clock);
    this.clock = clock;
  }

  /** Takes note of what a worker says. */
  void hear(WorkerNews news) {
    roster.hear(news);
    lock.lock();
    try {
      count++;
      heard.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A worker that was told to pause or drain takes no clients either. */
  @Override
  public List<UnoWorker> present() {
    var now = clock.instant();
    return roster.present().stream()
        .filter(worker -> worker.news().state() == WorkerState.READY)
        .flatMap(worker ->
            doorOf(worker.news())
                .map(door ->
                    new UnoWorker(
                        worker.news().worker(),
                        new RemoteDoor(door.host(), door.port()),
                        door.places(),
                        door.free(),
                        now.minus(worker.silence()))))
        .toList();
  }

  private static Stream<WorkerNews.Door> doorOf(WorkerNews news) {
    return Optional.ofNullable(news.door()).stream();
  }

  @Override
  public boolean awaitNews(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var before = count;
      var left = atMost.toNanos();
      while (count == before && left > 0) {
        left = heard.awaitNanos(left);
      }
      return count != before;
    } finally {
      lock.unlock();
    }
  }
}
