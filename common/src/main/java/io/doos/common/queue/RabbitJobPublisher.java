package io.doos.common.queue;

import com.rabbitmq.client.AMQP;
import io.doos.common.job.JobJson;
import io.doos.common.job.JobMessage;
import io.doos.common.ledger.JobRecord;
import java.util.Map;

/**
 * Publishes jobs to the default exchange, straight into their pool's queue: behind {@link
 * Topology#JOBS} stands an alternate exchange, so that a wrong pool would look delivered.
 */
final class RabbitJobPublisher implements JobPublisher {

  private static final Integer MIDDLE_PRIORITY = 4;

  private final PostOffice post;

  RabbitJobPublisher(PostOffice post) {
    this.post = post;
  }

  @Override
  public void publish(JobRecord job) throws BrokerFailure, InterruptedException {
    var body = body(job);
    var letter = new Letter("", Topology.queueOf(job.pool()), true, properties(job), body);
    switch (post.send(letter)) {
      case CONFIRMED -> {}
      case RETURNED -> throw new BrokerFailure.NoSuchPool(job.pool());
      case NACKED ->
          throw new BrokerFailure.Refused(
              "The broker refused the job: the queue of pool '"
                  + job.pool()
                  + "' is full or has no leader");
      case LOST -> throw new IllegalStateException("a sent letter is never lost here");
    }
  }

  /**
   * @throws IllegalArgumentException when the message is larger than a worker would take
   */
  static byte[] body(JobRecord job) {
    var body = JobJson.write(job.message());
    if (body.length > JobMessage.MAX_BYTES) {
      throw new IllegalArgumentException(
          "The job message has " + body.length + " bytes, more than " + JobMessage.MAX_BYTES);
    }
    return body;
  }

  /**
   * What a job message carries beside its body. A job without a priority gets the middle one: that
   * is what RabbitMQ 4.3 takes none for, where Qpid would put it last.
   */
  static AMQP.BasicProperties properties(JobRecord job) {
    return new AMQP.BasicProperties.Builder()
        .contentType(Letter.JSON)
        .type(JobJson.TYPE)
        .deliveryMode(Letter.PERSISTENT)
        .priority(job.priority() == null ? MIDDLE_PRIORITY : job.priority())
        .replyTo(job.replyTo())
        .correlationId(job.correlationId())
        .headers(Map.copyOf(job.headers()))
        .build();
  }
}
