package io.doos.common.janitor;

import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.Keys;
import io.doos.common.ledger.LedgerDamaged;
import io.doos.common.ledger.OpenJob;
import io.doos.common.ledger.Upkeep;
import io.doos.common.queue.Broker;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.JobFacts;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.ObjectStore.StoredObject;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duty of each minute: looks after all open jobs, ends those whose time has passed and
 * publishes lost ones again. For use by one thread.
 *
 * <p>A look costs two calls to the store, so a job that only waits its turn in a long queue is
 * looked at every ten minutes.
 */
final class OpenJobs implements Duty {

  private static final Logger log = LoggerFactory.getLogger(OpenJobs.class);

  /** How long a job may be on its way: to its queue, and from there to its claim. */
  static final Duration UNDER_WAY = Duration.ofMinutes(1);

  /**
   * When a job is published again although others wait in its queue; then after twice this time,
   * and so on. Its own message may be among them, and would then be in the way.
   */
  static final Duration LONG_WAIT = Duration.ofHours(1);

  static final Duration LOOK_AGAIN = Duration.ofMinutes(10);
  private static final int MOST_REMEMBERED = 100_000;

  private final ObjectStore store;
  private final Upkeep upkeep;
  private final Broker broker;
  private Map<Ticket, Queued> queued = Map.of();

  /** A job that was in a long queue; not to be looked at again until then while the queue is. */
  private record Queued(Pool pool, Instant until) {}

  OpenJobs(ObjectStore store, Upkeep upkeep, Broker broker) {
    this.store = store;
    this.upkeep = upkeep;
    this.broker = broker;
  }

  @Override
  public void perform(Rota.Turn turn) throws StoreFailure, InterruptedException {
    var recovery = new Recovery(broker);
    var stillQueued = new HashMap<Ticket, Queued>();
    store.<InterruptedException>walk(
        Keys.INPUTS,
        object -> {
          var ticket = Keys.ticketIn(object.key());
          if (ticket.isPresent() && !isUnderWay(object.modifiedAt(), turn)) {
            visit(ticket.get(), object, turn, recovery, stillQueued);
          }
          return turn.goesOn();
        });
    queued = stillQueued;
    if (recovery.published() > 0) {
      log.info("{} lost jobs are in their queues again", recovery.published());
    }
  }

  private void visit(
      Ticket ticket,
      StoredObject record,
      Rota.Turn turn,
      Recovery recovery,
      Map<Ticket, Queued> stillQueued)
      throws StoreFailure, InterruptedException {
    var before = queued.get(ticket);
    if (before != null && turn.now().isBefore(before.until()) && !recovery.isEmpty(before.pool())) {
      stillQueued.put(ticket, before);
      return;
    }
    try {
      switch (upkeep.lookAfter(ticket, record.modifiedAt(), turn.now())) {
        case OpenJob.Over _ -> log.debug("Job {} had ended", ticket);
        case OpenJob.Held _ -> log.trace("Job {} is at a worker", ticket);
        case OpenJob.Expired(var job, var status) -> tell(job, status);
        case OpenJob.Lost(var job, var since) -> {
          if (turn.isDue(since) || isToRecover(job, since, turn, recovery)) {
            recovery.publish(job);
          }
        }
        case OpenJob.Waiting(var job, var since) -> {
          if (isToRecover(job, since, turn, recovery)) {
            recovery.publish(job);
          } else if (!recovery.isEmpty(job.pool()) && stillQueued.size() < MOST_REMEMBERED) {
            stillQueued.put(ticket, new Queued(job.pool(), nextLook(job, since, turn)));
          }
        }
      }
    } catch (LedgerDamaged e) {
      log.error("Job {} is left alone: {}", ticket, e.getMessage());
    }
  }

  private static boolean isToRecover(
      JobRecord job, Instant since, Rota.Turn turn, Recovery recovery) throws InterruptedException {
    return !isUnderWay(since, turn)
        && (recovery.isEmpty(job.pool()) || turn.isDue(lastLongWait(since, turn.now())));
  }

  private static boolean isUnderWay(Instant since, Rota.Turn turn) {
    return turn.now().isBefore(since.plus(UNDER_WAY));
  }

  /** The latest of the times by now at which a waiting job is published again in any case. */
  private static Instant lastLongWait(Instant since, Instant now) {
    long waits = Duration.between(since, now).dividedBy(LONG_WAIT);
    return waits < 1 ? Instant.MAX : since.plus(LONG_WAIT.multipliedBy(Long.highestOneBit(waits)));
  }

  private static Instant nextLook(JobRecord job, Instant since, Rota.Turn turn) {
    var next = turn.now().plus(LOOK_AGAIN);
    long waits = Duration.between(since, turn.now()).dividedBy(LONG_WAIT);
    var longWait = since.plus(LONG_WAIT.multipliedBy(Math.max(1, 2 * Long.highestOneBit(waits))));
    var notAfter = job.message().limits().notAfter();
    next = longWait.isBefore(next) ? longWait : next;
    return notAfter != null && notAfter.isBefore(next) ? notAfter : next;
  }

  private void tell(JobRecord job, Status status) throws InterruptedException {
    log.info("Job {} has expired", job.ticket());
    broker.events().publish(status, JobFacts.of(job));
    var replyTo = job.replyTo();
    if (replyTo == null) {
      return;
    }
    try {
      broker.events().reply(replyTo, job.correlationId(), status);
    } catch (BrokerFailure e) {
      log.warn("'{}' was not told that job {} expired: {}", replyTo, job.ticket(), e.getMessage());
    }
  }
}
