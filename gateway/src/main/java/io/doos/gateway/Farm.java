package io.doos.gateway;

import io.doos.common.ledger.JobLedger;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.Control;
import io.doos.common.queue.Events;
import io.doos.common.queue.JobPublisher;
import io.doos.common.store.ObjectStore;
import io.doos.gateway.watch.FarmWatch;
import java.time.InstantSource;

/**
 * The farm behind a gateway; all of this stays the caller's to close, after the gateway.
 *
 * @param control hears of deleted jobs
 * @param events tells who waits for a job that there is news
 */
public record Farm(
    ObjectStore store,
    JobLedger ledger,
    JobPublisher publisher,
    Control control,
    Events events,
    InstantSource clock) {

  /** The same, with the jobs counted that it publishes, and {@code watch} told of them. */
  Farm watched(FarmWatch watch, Metrics metrics) {
    var counted = new CountedPublisher(publisher, metrics, watch::taken);
    return new Farm(store, ledger, counted, control, events, clock);
  }
}
