package io.doos.gateway.intake;

import io.doos.common.job.Pool;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.store.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when the farm behind the intake fails; the log hears the rest. */
final class Refusals {

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private Refusals() {}

  static Refusal of(StoreFailure failure) {
    log.warn("The object store failed", failure);
    return switch (failure) {
      case StoreFailure.Unavailable _ ->
          new Refusal.TryLater("The object store does not answer", failure);
      case StoreFailure.Refused _ ->
          new Refusal.TryLater("The object store refuses the gateway", failure);
    };
  }

  static Refusal of(BrokerFailure failure, Pool pool) {
    log.warn("A job for pool {} was not taken: {}", pool, failure.getMessage());
    return switch (failure) {
      case BrokerFailure.Unavailable _ ->
          new Refusal.TryLater("The message broker does not answer", failure);
      case BrokerFailure.Refused _ -> new Refusal.Busy("The queue is full", failure);
      case BrokerFailure.NoSuchPool _ ->
          new Refusal.TryLater("No worker has ever served pool '" + pool + "'", failure);
    };
  }
}
