package io.doos.common.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.job.Pool;
import io.doos.common.status.StatusJson;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FakeBrokerTest implements BrokerContract {

  private final FakeBroker broker = new FakeBroker(InstantSource.system(), Pool.DEFAULT);
  private int parkedSeen;

  @Override
  public Broker broker() {
    return broker;
  }

  @Override
  public void publishRaw(
      Pool pool, byte[] body, @Nullable String type, Map<String, Object> headers) {
    broker.publishRaw(pool, body, type, headers);
  }

  @Override
  public String nextParkedReason() {
    return broker.parked().get(parkedSeen++).reason();
  }

  @Override
  public String newReplyQueue() {
    return UUID.randomUUID().toString();
  }

  @Override
  public Map.Entry<String, byte[]> nextReply(String queue) {
    var reply = broker.replies().getLast();
    assertThat(reply.replyTo()).isEqualTo(queue);
    return Map.entry(String.valueOf(reply.correlationId()), StatusJson.write(reply.status()));
  }

  @Test
  void whileItIsDownNothingIsTakenAndAfterwardsAllIsThere() throws Exception {
    var inbox = new Inbox<Delivery>();
    try (var _ = broker.deliveries().take(Pool.DEFAULT, 2, inbox)) {
      broker.jobs().publish(Jobs.job(Pool.DEFAULT, "t1"));
      var first = inbox.next();
      broker.goDown();
      assertThat(first.isLost()).isTrue();
      assertThatThrownBy(() -> broker.jobs().publish(Jobs.job(Pool.DEFAULT, "t2")))
          .isInstanceOf(BrokerFailure.Unavailable.class);
      broker.comeUp();
      assertThat(inbox.next().isFresh()).isFalse();
    }
  }

  @Test
  void itRefusesWhenToldTo() throws Exception {
    broker.refuseNext(1);
    assertThatThrownBy(() -> broker.jobs().publish(Jobs.job(Pool.DEFAULT, "t1")))
        .isInstanceOf(BrokerFailure.Refused.class);
    broker.jobs().publish(Jobs.job(Pool.DEFAULT, "t1"));
    assertThat(broker.ready(Pool.DEFAULT)).isEqualTo(1);
  }
}
