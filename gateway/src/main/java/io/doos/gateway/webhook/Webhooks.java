package io.doos.gateway.webhook;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.Keys;
import io.doos.common.life.Service;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.gateway.intake.WebhookBook;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the ends of jobs whose clients asked for that, at least once. The gateway that took a
 * job tells as soon as it hears of the end; wishes of gateways that died are found by the others
 * when they go through them all. Each try is one gateway's: whoever creates its mark in the store.
 */
public final class Webhooks implements Service, WebhookBook {

  private static final Logger log = LoggerFactory.getLogger(Webhooks.class);

  private static final int MOST_TRIES = 8;
  private static final int AT_ONCE = 16;

  /**
   * What the operator decides.
   *
   * @param secret what messages are signed with
   * @param allowsPrivate whether they may go to addresses that are not public
   * @param round how often all wishes are gone through
   * @param firstPause before the second try; each further one is three times as long
   */
  public record Config(String secret, boolean allowsPrivate, Duration round, Duration firstPause) {

    public Config(String secret, boolean allowsPrivate) {
      this(secret, allowsPrivate, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    @Override
    public String toString() {
      return "Config"; // it holds a secret
    }
  }

  private final Config config;
  private final ObjectStore store;
  private final JobLedger ledger;
  private final InstantSource clock;
  private final WebhookSender sender;
  private final Set<Ticket> awaited = ConcurrentHashMap.newKeySet();
  private final Set<Ticket> inHand = ConcurrentHashMap.newKeySet();
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(1, Thread.ofVirtual().name("webhooks").factory());

  public Webhooks(Config config, ObjectStore store, JobLedger ledger, InstantSource clock) {
    this.config = config;
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
    this.sender = new WebhookSender(config.allowsPrivate(), new Signature(config.secret()), clock);
  }

  @Override
  public void start() {
    var round = config.round().toMillis();
    var _ = threads.scheduleWithFixedDelay(this::goThroughAll, 0, round, TimeUnit.MILLISECONDS);
  }

  @Override
  public void wish(Ticket ticket, URI url) throws StoreFailure {
    Wish.record(store, ticket, url);
    awaited.add(ticket);
  }

  /** Hears of a job. Quick. */
  public void hear(Status status) {
    if (status.state().isFinal() && awaited.remove(status.ticket())) {
      begin(status.ticket());
    }
  }

  private void goThroughAll() {
    try {
      var tickets = new HashSet<Ticket>();
      store.walk(
          Keys.WEBHOOKS,
          object -> {
            Keys.webhookIn(object.key()).ifPresent(tickets::add);
            return true;
          });
      awaited.retainAll(tickets);
      tickets.forEach(this::begin);
    } catch (StoreFailure e) {
      log.info("The wishes for webhooks could not be listed: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("The wishes for webhooks were not gone through", e);
    }
  }

  private void begin(Ticket ticket) {
    if (inHand.add(ticket)) {
      Thread.ofVirtual().name("webhook-" + ticket).start(() -> attend(ticket));
    }
  }

  private void attend(Ticket ticket) {
    try {
      turns.acquire();
      try {
        attendInTurn(ticket);
      } finally {
        turns.release();
      }
    } catch (StoreFailure e) {
      log.info("The webhook of job {} has to wait for the store: {}", ticket, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("The webhook of job {} failed", ticket, e);
    } finally {
      inHand.remove(ticket);
    }
  }

  private void attendInTurn(Ticket ticket) throws StoreFailure {
    var found = Wish.find(store, ticket);
    if (found.isEmpty() || !found.get().isDue(clock.instant(), config.firstPause())) {
      return;
    }
    var wish = found.get();
    var status = ledger.read(ticket);
    if (status.isEmpty()) {
      Wish.remove(store, ticket); // deleted: nobody asks how it ended
    } else if (!status.get().state().isFinal()) {
      awaited.add(ticket);
    } else if (wish.tries() >= MOST_TRIES) {
      log.warn("The webhook of job {} was tried {} times in vain", ticket, MOST_TRIES);
      Wish.remove(store, ticket);
    } else if (wish.isOurs(store)) {
      tell(wish, status.get());
    }
  }

  private void tell(Wish wish, Status status) throws StoreFailure {
    var number = wish.tries() + 1;
    try {
      switch (sender.send(wish.url(), status, number)) {
        case HEARD, GONE -> Wish.remove(store, wish.ticket());
        case AGAIN -> again(wish, number, "it was not taken");
      }
    } catch (IOException | IllegalArgumentException e) {
      again(wish, number, String.valueOf(e.getMessage()));
    }
  }

  private void again(Wish wish, int number, String why) {
    log.info("Try {} of the webhook of job {} failed: {}", number, wish.ticket(), why);
    var pause = Wish.pause(number, config.firstPause()).plusMillis(50);
    try {
      var _ = threads.schedule(() -> begin(wish.ticket()), pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("Another gateway will tell of job {}", wish.ticket(), e);
    }
  }

  /** What is under way goes on; another gateway does the rest. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
