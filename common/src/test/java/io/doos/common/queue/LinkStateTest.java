package io.doos.common.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.queue.LinkState.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkStateTest {

  private static LinkState after(Event... events) {
    var state = LinkState.first();
    for (var event : events) {
      state = state.on(event);
    }
    return state;
  }

  @Test
  void aLostLinkDialsAgainAsTheNextIncarnation() {
    assertThat(after(new Event.Opened(1), new Event.Lost(1), new Event.Redial()))
        .isEqualTo(new LinkState(LinkPhase.CONNECTING, 2, 0));
  }

  @Test
  void failuresAreCountedUntilAConnectionStands() {
    var twice = after(new Event.Failed(1), new Event.Redial(), new Event.Failed(2));
    assertThat(twice).isEqualTo(new LinkState(LinkPhase.LOST, 2, 2));
    assertThat(twice.on(new Event.Redial()).on(new Event.Opened(3)).failures()).isZero();
  }

  @Test
  void lateNewsOfADeadIncarnationChangeNothing() {
    var second =
        after(new Event.Opened(1), new Event.Lost(1), new Event.Redial(), new Event.Opened(2));
    for (var late :
        List.of(
            new Event.Opened(1),
            new Event.Failed(1),
            new Event.Blocked(1),
            new Event.Unblocked(1),
            new Event.Lost(1))) {
      assertThat(second.on(late)).isEqualTo(second);
    }
  }

  @Test
  void aBlockedLinkStandsAndCanBeLost() {
    var blocked = after(new Event.Opened(1), new Event.Blocked(1));
    assertThat(blocked.isUp()).isTrue();
    assertThat(blocked.on(new Event.Unblocked(1)).phase()).isEqualTo(LinkPhase.CONNECTED);
    assertThat(blocked.on(new Event.Lost(1)).phase()).isEqualTo(LinkPhase.LOST);
  }

  @Test
  void nothingOpensAClosedLink() {
    var closed = after(new Event.Opened(1), new Event.Close());
    assertThat(closed.on(new Event.Lost(1)).on(new Event.Redial()).on(new Event.Opened(2)))
        .isEqualTo(closed);
  }

  @Test
  void theBackOffDoublesUpToItsLongest() {
    var backOff = new BackOff(Duration.ofMillis(100), Duration.ofSeconds(5));
    for (var i = 0; i < 1000; i++) {
      assertThat(backOff.after(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
      assertThat(backOff.after(2)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
      assertThat(backOff.after(i)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
  }
}
