package io.doos.worker;

import io.doos.common.crew.WorkerNews;
import io.doos.common.life.Service;
import io.doos.common.queue.Workers;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how the worker is: a look every 2 s, told when something changed, and every {@link
 * WorkerNews#INTERVAL} in any case; at once when {@link #hasChanged} says so. One virtual thread.
 */
final class Newscast implements Service {

  private static final Logger log = LoggerFactory.getLogger(Newscast.class);

  /** Offices at work change all the time; nobody needs to see each change. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Workers workers;
  private final Supplier<WorkerNews> portrait;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread = Thread.ofVirtual().name("newscast").unstarted(this::run);
  private boolean mayTellNow;
  private boolean isClosed;
  private @Nullable WorkerNews last;

  /**
   * @param portrait how the worker is at the moment
   */
  Newscast(Workers workers, Supplier<WorkerNews> portrait) {
    this.workers = workers;
    this.portrait = portrait;
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Something changed that should not wait for the next look. */
  void hasChanged() {
    lock.lock();
    try {
      mayTellNow = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Tells the last of it, if it was started. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      isClosed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join();
      workers.tell(portrait.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (awaitLook()) {
      try {
        look();
      } catch (RuntimeException e) {
        log.error("The worker's news could not be told", e);
      }
    }
  }

  private void look() {
    var news = portrait.get();
    if (last == null || !news.saysTheSameAs(last) || isDue(last, news)) {
      workers.tell(news);
      last = news;
    }
  }

  private static boolean isDue(WorkerNews last, WorkerNews now) {
    return Duration.between(last.at(), now.at()).compareTo(WorkerNews.INTERVAL) >= 0;
  }

  /** Waits for the next look; false once closed. */
  private boolean awaitLook() {
    lock.lock();
    try {
      var nanos = last == null ? 0 : LOOK.toNanos();
      while (nanos > 0 && !mayTellNow && !isClosed) {
        nanos = changed.awaitNanos(nanos);
      }
      mayTellNow = false;
      return !isClosed;
    } catch (InterruptedException e) {
      return false; // nobody interrupts us
    } finally {
      lock.unlock();
    }
  }
}
