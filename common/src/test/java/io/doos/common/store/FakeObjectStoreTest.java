package io.doos.common.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class FakeObjectStoreTest implements ObjectStoreContract {

  private final FakeObjectStore store = new FakeObjectStore();

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void anUnavailableStoreDoesNothing() throws StoreFailure {
    store.failNext(Operation.CREATE, Fault.UNAVAILABLE);
    assertThatThrownBy(() -> store.create("a", bytes("1")))
        .isInstanceOf(StoreFailure.Unavailable.class);
    assertThat(store.create("a", bytes("2"))).isTrue();
  }

  @Test
  void aLostAnswerLeavesTheObjectBehind() {
    store.failNext(Operation.CREATE, Fault.ANSWER_LOST);
    assertThatThrownBy(() -> store.create("a", bytes("1")))
        .isInstanceOf(StoreFailure.Unavailable.class);
    assertThat(store.text("a")).contains("1");
  }

  @Test
  void aCreateTriedAgainMeetsItsOwnWrite() throws StoreFailure {
    store.failNext(Operation.CREATE, Fault.TRIED_AGAIN);
    assertThat(store.create("a", bytes("1"))).isFalse();
    assertThat(store.text("a")).contains("1");
  }

  @Test
  void whoInterferesSeesEachOperationAndMaySpoilIt() throws StoreFailure {
    var seen = new ArrayList<String>();
    store.interfere(call -> {
      seen.add(call.operation() + " " + call.key());
      return call.operation() == Operation.DELETE ? Fault.REFUSED : Fault.NONE;
    });
    store.put("a", bytes("1"));
    assertThatThrownBy(() -> store.delete("a")).isInstanceOf(StoreFailure.Refused.class);
    assertThat(seen).containsExactly("PUT a", "DELETE a");
    assertThat(store.keys()).containsExactly("a");
  }
}
