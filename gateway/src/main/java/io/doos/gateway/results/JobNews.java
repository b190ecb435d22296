package io.doos.gateway.results;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.Keys;
import io.doos.common.life.Service;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Events;
import io.doos.common.status.Status;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Wakes those who wait for a job when there is news of it, and tells them its end. News can be
 * lost: who waits looks into the store now and then all the same. One subscription serves all; safe
 * for use by any number of threads.
 */
public final class JobNews implements Service {

  private final Events events;
  private final Map<Ticket, Set<Watch>> watches = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Consumer<Status>> readers = new CopyOnWriteArrayList<>();
  private volatile @Nullable AutoCloseable subscription;
  private volatile boolean closed;

  public JobNews(Events events) {
    this.events = events;
  }

  @Override
  public void start() throws BrokerFailure {
    subscription = events.subscribe(this::hear);
  }

  /** Shows all news of all jobs to {@code reader}, on the broker's thread: it must be quick. */
  public void read(Consumer<Status> reader) {
    readers.add(reader);
  }

  /** Begins to watch a job; what happens from now on wakes the watch. */
  Watch watch(Ticket ticket) {
    var watch = new Watch(ticket);
    watches.compute(
        ticket,
        (_, others) -> {
          var all = others == null ? ConcurrentHashMap.<Watch>newKeySet() : others;
          all.add(watch);
          return all;
        });
    return watch;
  }

  private void hear(Status status) {
    watches.getOrDefault(status.ticket(), Set.of()).forEach(watch -> watch.hear(status));
    readers.forEach(reader -> reader.accept(status));
  }

  /** Whether nobody should wait any longer, because this process stops. */
  boolean isClosed() {
    return closed;
  }

  /** Wakes all who wait. */
  @Override
  public void close() {
    closed = true;
    watches.values().forEach(all -> all.forEach(Watch::wake));
    var open = subscription;
    subscription = null;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(JobNews.class).debug("The news went on", e);
      }
    }
  }

  /** Whether an end names no other result than one that its own job may have left. */
  private static boolean isPlausible(Status end) {
    var result = end.result();
    return result == null || result.object().equals(Keys.result(end.ticket(), end.run().attempt()));
  }

  /** One who waits for news of one job. */
  final class Watch implements AutoCloseable {
    private final Ticket ticket;
    private final Semaphore news = new Semaphore(0);
    private volatile @Nullable Status end;

    private Watch(Ticket ticket) {
      this.ticket = ticket;
    }

    private void hear(Status status) {
      if (status.state().isFinal() && isPlausible(status)) {
        end = status;
      }
      wake();
    }

    private void wake() {
      news.release();
    }

    /** The job's end as it was told, which is as it was committed; empty while none was. */
    Optional<Status> end() {
      return Optional.ofNullable(end);
    }

    Ticket ticket() {
      return ticket;
    }

    /** Waits until there was news since the last wait, at most so long. */
    boolean await(long millis) throws InterruptedException {
      var heard = news.tryAcquire(millis, TimeUnit.MILLISECONDS);
      news.drainPermits();
      return heard;
    }

    @Override
    public void close() {
      watches.computeIfPresent(
          ticket,
          (_, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }
}
