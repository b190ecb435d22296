package io.doos.gateway.watch;

import io.doos.common.crew.Roster;
import io.doos.common.crew.WorkerOrder;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.metrics.Metric;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.Broker;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.DeadLetters;
import io.doos.common.queue.JobFacts;
import io.doos.common.status.Status;
import io.doos.common.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens to the farm for people and for collectors of metrics, and speaks to workers for
 * operators. What it hears it keeps in memory, bounded; what waits it looks up when asked. Safe for
 * use by any thread.
 */
public final class FarmWatch implements Service {

  private static final Duration HOUR = Duration.ofHours(1);

  /** More pools than a farm has. */
  private static final int MOST_POOLS = 100;

  private final Broker broker;
  private final InstantSource clock;
  private final Metrics metrics;
  private final Roster roster;
  private final RecentJobs recent = new RecentJobs();
  private final LastHour hour = new LastHour();
  private final QueueLooks queues;
  private final Set<Pool> pools = ConcurrentHashMap.newKeySet();
  private final Closer closer = new Closer();
  private final Instant since;

  public FarmWatch(
      Broker broker, ObjectStore store, JobLedger ledger, Metrics metrics, InstantSource clock) {
    this.broker = broker;
    this.clock = clock;
    this.metrics = metrics;
    this.roster = new Roster(clock);
    this.queues = new QueueLooks(broker, new OldestJobs(store, ledger), clock);
    this.since = clock.instant();
    pools.add(Pool.DEFAULT);
  }

  @Override
  public void start() throws BrokerFailure {
    closer.add(broker.events().subscribe(this::hear));
    closer.add(broker.control().subscribe(recent::withdrawn));
    closer.add(
        broker
            .workers()
            .hear(news -> {
              roster.hear(news);
              learn(news.pool());
            }));
    metrics.showAll(Metric.QUEUE_JOBS, this::depths);
    metrics.showAll(Metric.OLDEST_JOB, this::ages);
    metrics.showAll(Metric.WORKERS, this::workers);
    metrics.show(Metric.DEAD_MESSAGES, () -> look().dead().orElse(0));
  }

  @Override
  public void close() {
    closer.close();
  }

  /** The farm as it is now. */
  public FarmView view() {
    var now = clock.instant();
    var look = look();
    return new FarmView(
        now,
        since,
        look.pools(),
        roster.present(),
        look.dead(),
        hour.until(now),
        FarmView.Latency.of(recent.took(now.minus(HOUR))),
        recent.size());
  }

  /** The jobs that were taken here or whose end was heard of last, newest first. */
  public List<HeardJob> recent(JobFilter filter, int most) {
    return recent.newest(filter, most, atWork());
  }

  /** Takes note of a job that this gateway has put into its queue. */
  public void taken(JobRecord job) {
    learn(job.pool());
    recent.add(OpenJob.of(job));
  }

  /** Gives an order to workers. */
  public void order(WorkerOrder order) throws BrokerFailure, InterruptedException {
    broker.workers().order(order);
  }

  /** What nobody could use. */
  public DeadLetters deadLetters() {
    return broker.deadLetters();
  }

  private void hear(Status status, JobFacts facts) {
    EndedJob.of(status, facts)
        .ifPresent(job -> {
          facts.pool().ifPresent(this::learn);
          if (recent.add(job)) {
            hour.add(job.state(), clock.instant());
            metrics.count(
                Metric.ENDS_HEARD,
                job.state().name().toLowerCase(Locale.ROOT),
                facts.pool().map(Pool::name).orElse(""));
          }
        });
  }

  /** Which worker has which job in an office or formatter, as they told last. */
  private Map<Ticket, String> atWork() {
    var workers = new HashMap<Ticket, String>();
    for (var heard : roster.present()) {
      heard.news().atWork().forEach(job -> workers.put(job.ticket(), heard.news().worker()));
    }
    return workers;
  }

  private void learn(Pool pool) {
    if (pools.size() < MOST_POOLS) {
      pools.add(pool);
    }
  }

  private QueueLooks.Look look() {
    try {
      return queues.look(Set.copyOf(pools));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new QueueLooks.Look(List.of(), java.util.OptionalLong.empty());
    }
  }

  private Map<List<String>, Double> depths() {
    var depths = new HashMap<List<String>, Double>();
    for (var pool : look().pools()) {
      pool.waiting().ifPresent(count -> depths.put(List.of(pool.pool().name()), (double) count));
    }
    return depths;
  }

  private Map<List<String>, Double> ages() {
    var ages = new HashMap<List<String>, Double>();
    for (var pool : look().pools()) {
      ages.put(
          List.of(pool.pool().name()),
          pool.oldest().map(age -> age.toMillis() / 1000.0).orElse(0.0));
    }
    return ages;
  }

  private Map<List<String>, Double> workers() {
    var counts = new HashMap<List<String>, Double>();
    for (var heard : roster.present()) {
      var news = heard.news();
      counts.merge(
          List.of(news.pool().name(), news.state().name().toLowerCase(Locale.ROOT)),
          1.0,
          Double::sum);
    }
    return counts;
  }
}
