package io.doos.gateway;

import io.doos.common.ledger.JobRecord;
import io.doos.common.metrics.Metric;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.JobPublisher;

/** Publishes by another, and counts. */
record CountedPublisher(JobPublisher publisher, Metrics metrics) implements JobPublisher {

  CountedPublisher {
    metrics.count(Metric.SUBMISSIONS, 0, "accepted");
    metrics.count(Metric.SUBMISSIONS, 0, "later");
  }

  @Override
  public void publish(JobRecord job) throws BrokerFailure, InterruptedException {
    try {
      publisher.publish(job);
      metrics.count(Metric.SUBMISSIONS, "accepted");
    } catch (BrokerFailure e) {
      metrics.count(Metric.SUBMISSIONS, "later");
      throw e;
    }
  }
}
