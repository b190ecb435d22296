package io.doos.gateway;

import io.doos.common.ledger.JobRecord;
import io.doos.common.metrics.Metric;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.JobPublisher;
import java.util.function.Consumer;

/**
 * Publishes by another, and counts.
 *
 * @param taken told of each job that the broker confirmed
 */
record CountedPublisher(JobPublisher publisher, Metrics metrics, Consumer<JobRecord> taken)
    implements JobPublisher {

  CountedPublisher {
    metrics.count(Metric.SUBMISSIONS, 0, "accepted");
    metrics.count(Metric.SUBMISSIONS, 0, "later");
  }

  @Override
  public void publish(JobRecord job) throws BrokerFailure, InterruptedException {
    try {
      publisher.publish(job);
      metrics.count(Metric.SUBMISSIONS, "accepted");
      taken.accept(job);
    } catch (BrokerFailure e) {
      metrics.count(Metric.SUBMISSIONS, "later");
      throw e;
    }
  }
}
