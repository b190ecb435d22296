package io.doos.common.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StoreProbeTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final FakeObjectStore store = new FakeObjectStore();
  private final StoreProbe probe = new StoreProbe(store, now::get);

  @Test
  void aStoreThatAnswersIsFine() {
    assertThat(probe.look()).isEqualTo(Check.ok("store", "answers"));
  }

  @Test
  void anAnswerIsGoodForTwoSeconds() {
    probe.look();
    store.failNext(Operation.READ, Fault.UNAVAILABLE);
    now.set(Instant.EPOCH.plusSeconds(2));
    assertThat(probe.look().ok()).isTrue();
    now.set(Instant.EPOCH.plusSeconds(3));
    assertThat(probe.look().ok()).isFalse();
    now.set(Instant.EPOCH.plusSeconds(6));
    assertThat(probe.look().ok()).isTrue();
  }

  @Test
  void aStoreThatRefusesIsToldFromOneThatIsAway() {
    store.failNext(Operation.READ, Fault.REFUSED);
    assertThat(probe.look().found()).startsWith("refuses us: ");
  }

  @Test
  void aStoreThatHangsIsAskedOnceAndCountsAgainWhenItAnswers() throws Exception {
    var asked = new AtomicInteger();
    var release = new CountDownLatch(1);
    store.interfere(_ -> {
      asked.incrementAndGet();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Fault.NONE;
    });
    assertThat(probe.look().found()).startsWith("has not answered for ");
    now.set(Instant.EPOCH.plusSeconds(30));
    assertThat(probe.look().found()).isEqualTo("has not answered for 30 s");
    assertThat(asked).hasValue(1);
    release.countDown();
    store.interfere(_ -> Fault.NONE);
    for (var check = probe.look(); !check.ok(); check = probe.look()) {
      assertThat(check.found()).startsWith("has not answered");
    }
  }
}
