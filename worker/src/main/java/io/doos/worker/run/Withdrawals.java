package io.doos.worker.run;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.life.Service;
import io.doos.common.store.StoreFailure;
import io.doos.worker.run.RunningJob.Stop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops running jobs that were cancelled or deleted. Looks into the ledger at once when a hint
 * comes and every 2 s in any case, because hints may be lost.
 */
public final class Withdrawals implements Service {

  private static final Logger log = LoggerFactory.getLogger(Withdrawals.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final JobLedger ledger;
  private final Map<RunningJob, Ticket> watched = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("withdrawals").factory());

  public Withdrawals(JobLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void start() {
    var _ =
        looks.scheduleWithFixedDelay(
            () -> watched.forEach(this::look),
            INTERVAL.toMillis(),
            INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Takes a hint that {@code ticket} may have been withdrawn; returns at once. */
  public void hint(Ticket ticket) {
    if (watched.containsValue(ticket) && !looks.isShutdown()) {
      looks.execute(() ->
          watched.forEach((job, its) -> {
            if (its.equals(ticket)) {
              look(job, its);
            }
          }));
    }
  }

  /** Watches {@code job} until the answer is closed. */
  Watch watch(Ticket ticket, RunningJob job) {
    watched.put(job, ticket);
    return () -> watched.remove(job);
  }

  /** A job being watched. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }

  private void look(RunningJob job, Ticket ticket) {
    try {
      if (ledger.isDecided(ticket)) {
        watched.computeIfPresent(
            job,
            (_, _) -> {
              job.stop(Stop.WITHDRAWN);
              return null;
            });
      }
    } catch (StoreFailure e) {
      log.warn("Could not look whether job {} was withdrawn: {}", ticket, e.getMessage());
    } catch (RuntimeException e) {
      log.error(
          "Could not look whether job {} was withdrawn",
          ticket,
          e); // thrown on, it would end all further looks
    }
  }
}
