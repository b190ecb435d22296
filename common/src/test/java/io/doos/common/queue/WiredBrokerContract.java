package io.doos.common.queue;

import io.doos.common.job.Pool;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link BrokerContract} for a broker behind a real wire, watched by a probe. */
public interface WiredBrokerContract extends BrokerContract {

  AmqpProbe probe();

  @Override
  default void publishRaw(
      Pool pool, byte[] body, @Nullable String type, Map<String, Object> headers) throws Exception {
    probe().publish(pool, body, type, headers);
  }

  @Override
  default String nextParkedReason() throws Exception {
    return probe().nextParkedReason();
  }

  @Override
  default String newReplyQueue() throws Exception {
    return probe().newQueue();
  }

  @Override
  default Map.Entry<String, byte[]> nextReply(String queue) throws Exception {
    var reply = probe().next(queue);
    return Map.entry(reply.getProperties().getCorrelationId(), reply.getBody());
  }
}
