package io.doos.gateway.watch;

import io.doos.common.job.Pool;
import io.doos.common.queue.Broker;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits in the queues. Asked of broker and store only when somebody wants to know, and not
 * again until the answer is stale, however many want to. Safe for use by any thread.
 */
final class QueueLooks {

  private static final Logger log = LoggerFactory.getLogger(QueueLooks.class);
  private static final Duration DEPTH_FRESH = Duration.ofSeconds(2);
  private static final Duration AGE_FRESH = Duration.ofSeconds(15);

  private final Broker broker;
  private final OldestJobs oldest;
  private final InstantSource clock;
  private Map<Pool, OptionalLong> depths = Map.of();
  private OptionalLong dead = OptionalLong.empty();
  private Map<Pool, Instant> ages = Map.of();
  private Instant depthsAt = Instant.MIN;
  private Instant agesAt = Instant.MIN;

  QueueLooks(Broker broker, OldestJobs oldest, InstantSource clock) {
    this.broker = broker;
    this.oldest = oldest;
    this.clock = clock;
  }

  /**
   * What was seen.
   *
   * @param dead messages in {@code doos.dead}
   */
  record Look(List<FarmView.PoolView> pools, OptionalLong dead) {}

  /** Looks at these pools. */
  synchronized Look look(Set<Pool> pools) throws InterruptedException {
    var now = clock.instant();
    if (!now.isBefore(depthsAt.plus(DEPTH_FRESH)) || !depths.keySet().containsAll(pools)) {
      lookAtQueues(pools);
      depthsAt = now;
    }
    if (!now.isBefore(agesAt.plus(AGE_FRESH))) {
      lookAtAges();
      agesAt = now;
    }
    var names = new TreeSet<>(java.util.Comparator.comparing(Pool::name));
    names.addAll(pools);
    return new Look(names.stream().map(pool -> view(pool, now)).toList(), dead);
  }

  private FarmView.PoolView view(Pool pool, Instant now) {
    var depth = depths.getOrDefault(pool, OptionalLong.empty());
    var since = depth.orElse(0) == 0 ? null : ages.get(pool);
    return new FarmView.PoolView(
        pool, depth, Optional.ofNullable(since).map(at -> Duration.between(at, now)));
  }

  private void lookAtQueues(Set<Pool> pools) throws InterruptedException {
    var fresh = new HashMap<Pool, OptionalLong>();
    for (var pool : pools) {
      fresh.put(pool, depth(pool));
    }
    depths = fresh;
    try {
      dead = OptionalLong.of(broker.deadLetters().count());
    } catch (BrokerFailure e) {
      dead = OptionalLong.empty();
    }
  }

  private OptionalLong depth(Pool pool) throws InterruptedException {
    try {
      return OptionalLong.of(broker.queues().ready(pool));
    } catch (BrokerFailure e) {
      log.debug("Nobody tells how many jobs wait in pool {}", pool, e);
      return OptionalLong.empty();
    }
  }

  private void lookAtAges() {
    var waiting =
        depths.entrySet().stream()
            .filter(entry -> entry.getValue().orElse(0) > 0)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    try {
      ages = waiting.isEmpty() ? Map.of() : oldest.submitted(waiting);
    } catch (StoreFailure e) {
      log.debug("Nobody tells how old the waiting jobs are", e);
      ages = Map.of();
    }
  }
}
