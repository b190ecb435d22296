package io.doos.gateway.tenants;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.Keys;
import io.doos.common.ledger.LedgerDamaged;
import io.doos.common.life.Service;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Events;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Quota} true without a counter that could lie: the store lists what is open, so
 * what a gateway forgot at its restart, what other gateways gave out, and ends that no event told
 * of are known after the next listing. Ends are heard of at once, by their events.
 *
 * <p>The bound: within the time of two listings, 5 s each or twenty times as long as the last one
 * took, gateways that do not know of each other's newest jobs can together give a tenant what each
 * of them may give, so never more than its jobs times the number of gateways.
 *
 * <p>A virtual thread of its own; an outage of the store costs a listing.
 */
public final class OpenJobsWatch implements Service {

  private static final Logger log = LoggerFactory.getLogger(OpenJobsWatch.class);

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int REST = 20;

  private final OpenTickets open;
  private final ObjectStore store;
  private final JobLedger ledger;
  private final Events events;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Set<Ticket> nobodys = Set.of();
  private @Nullable Thread thread;
  private @Nullable AutoCloseable subscription;

  public OpenJobsWatch(Quota quota, ObjectStore store, JobLedger ledger, Events events) {
    this.open = quota.open();
    this.store = store;
    this.ledger = ledger;
    this.events = events;
  }

  @Override
  public synchronized void start() throws BrokerFailure {
    subscription = events.subscribe(this::hear);
    thread = Thread.ofVirtual().name("open-jobs").start(this::live);
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    var listener = subscription;
    subscription = null;
    try {
      if (listener != null) {
        listener.close();
      }
      if (thread != null) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      log.debug("The ends of jobs are still listened for", e);
    }
  }

  private void hear(Status status) {
    if (status.state().isFinal()) {
      open.end(status.ticket());
    }
  }

  private void live() {
    try {
      Duration pause;
      do {
        var begin = System.nanoTime();
        look();
        var took = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(REST);
        pause = took.compareTo(PAUSE) > 0 ? took : PAUSE;
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.debug("Told to stop"); // only close() interrupts this thread
    }
  }

  /** Lists what is open, and asks whose those are that are new. */
  void look() {
    try {
      var round = open.beginRound();
      var found = new HashSet<Ticket>();
      var stillNobodys = new HashSet<Ticket>();
      store.<StoreFailure>walk(
          Keys.INPUTS,
          object -> {
            var ticket = Keys.ticketIn(object.key());
            if (ticket.isPresent()) {
              found.add(ticket.get());
              learn(ticket.get(), stillNobodys);
            }
            return closed.getCount() > 0;
          });
      if (closed.getCount() > 0) {
        open.endRound(round, found);
        nobodys = stillNobodys;
      }
    } catch (StoreFailure e) {
      log.debug("Open jobs could not be listed", e);
    } catch (RuntimeException e) {
      log.error("Open jobs could not be counted", e);
    }
  }

  private void learn(Ticket ticket, Set<Ticket> stillNobodys) throws StoreFailure {
    if (open.knows(ticket)) {
      return;
    }
    if (nobodys.contains(ticket)) {
      stillNobodys.add(ticket);
      return;
    }
    try {
      var job = ledger.look(ticket);
      var tenant = job.map(seen -> seen.status().state().isFinal() ? null : seen.tenant());
      if (tenant.isPresent()) {
        open.find(ticket, tenant.get());
      } else {
        stillNobodys.add(ticket);
      }
    } catch (LedgerDamaged e) {
      stillNobodys.add(ticket); // the janitor tells of it
    }
  }
}
