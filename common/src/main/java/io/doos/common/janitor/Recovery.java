package io.doos.common.janitor;

import io.doos.common.job.Pool;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.Broker;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes jobs again, for the length of one turn: what was asked of the broker is remembered, and
 * a broker that failed is left alone until the next turn. For use by one thread.
 */
final class Recovery {

  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final Broker broker;
  private final Map<Pool, Long> ready = new HashMap<>();
  private final Set<Pool> refusing = new HashSet<>();
  private boolean isDown;
  private int published;

  Recovery(Broker broker) {
    this.broker = broker;
  }

  /** Whether no message waits in a pool's queue, for sure. */
  boolean isEmpty(Pool pool) throws InterruptedException {
    return readyIn(pool) == 0;
  }

  /** How many jobs were published. */
  int published() {
    return published;
  }

  /** Publishes a job once more, or logs why it could not. */
  void publish(JobRecord job) throws InterruptedException {
    if (isDown || refusing.contains(job.pool())) {
      return;
    }
    try {
      broker.jobs().publish(marked(job));
      published++;
      log.info("Job {} was lost; it is in the queue of pool '{}' again", job.ticket(), job.pool());
    } catch (BrokerFailure.Unavailable e) {
      stop(e);
    } catch (BrokerFailure e) {
      refusing.add(job.pool());
      log.warn("Jobs of pool '{}' cannot be published again: {}", job.pool(), e.getMessage());
    } catch (IllegalArgumentException e) {
      log.error("Job {} cannot be published again: {}", job.ticket(), e.getMessage());
    }
  }

  private long readyIn(Pool pool) throws InterruptedException {
    var known = ready.get(pool);
    if (known == null) {
      known = ask(pool);
      ready.put(pool, known);
    }
    return known;
  }

  /** As if there were some, where the broker does not tell. */
  private long ask(Pool pool) throws InterruptedException {
    if (isDown) {
      return Long.MAX_VALUE;
    }
    try {
      return broker.queues().ready(pool);
    } catch (BrokerFailure.NoSuchPool e) {
      return 0;
    } catch (BrokerFailure e) {
      stop(e);
      return Long.MAX_VALUE;
    }
  }

  private void stop(BrokerFailure why) {
    isDown = true;
    log.warn("Lost jobs have to wait: {}", why.getMessage());
  }

  private static JobRecord marked(JobRecord job) {
    var headers = new HashMap<>(job.headers());
    headers.put(Topology.RECOVERED_HEADER, "true");
    return new JobRecord(
        job.message(), job.pool(), job.priority(), job.replyTo(), job.correlationId(), headers);
  }
}
