package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.office.OfficeState.Answered;
import io.doos.worker.office.OfficeState.CheckDue;
import io.doos.worker.office.OfficeState.Cleaned;
import io.doos.worker.office.OfficeState.Event;
import io.doos.worker.office.OfficeState.Exited;
import io.doos.worker.office.OfficeState.Gone;
import io.doos.worker.office.OfficeState.Leased;
import io.doos.worker.office.OfficeState.NotUp;
import io.doos.worker.office.OfficeState.Phase;
import io.doos.worker.office.OfficeState.Returned;
import io.doos.worker.office.OfficeState.Unfit;
import io.doos.worker.office.OfficeState.Up;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfficeStateTest {

  private static OfficeState after(Event... events) {
    var state = OfficeState.first();
    for (var event : events) {
      state = state.on(event);
    }
    return state;
  }

  private static final Event[] NONE = {};

  @Test
  void anOfficeIsLeasedReturnedCleanedAndReadyAgain() {
    assertThat(after(NONE).phase()).isEqualTo(Phase.STARTING);
    assertThat(after(new Up(1)).phase()).isEqualTo(Phase.READY);
    assertThat(after(new Up(1), new Leased(1)).phase()).isEqualTo(Phase.LEASED);
    assertThat(after(new Up(1), new Leased(1), new Returned(1, true)).phase())
        .isEqualTo(Phase.CLEANING);
    assertThat(after(new Up(1), new Leased(1), new Returned(1, true), new Cleaned(1)))
        .isEqualTo(new OfficeState(Phase.READY, 1, 0));
  }

  @Test
  void aSpoiltOrUncleanOneIsRetiredAndReplaced() {
    assertThat(after(new Up(1), new Leased(1), new Returned(1, false)).phase())
        .isEqualTo(Phase.RETIRING);
    assertThat(after(new Up(1), new Leased(1), new Returned(1, true), new Unfit(1), new Gone(1)))
        .isEqualTo(new OfficeState(Phase.STARTING, 2, 0));
  }

  @Test
  void anIdleOneIsCheckedAndStays() {
    assertThat(after(new Up(1), new CheckDue(1)).phase()).isEqualTo(Phase.CHECKING);
    assertThat(after(new Up(1), new CheckDue(1), new Answered(1)).phase()).isEqualTo(Phase.READY);
  }

  @Test
  void oneThatEndsWhileLeasedStaysItsBorrowersUntilReturned() {
    assertThat(after(new Up(1), new Leased(1), new Exited(1)).phase()).isEqualTo(Phase.LEASED);
  }

  @Test
  void oneThatEndsIdleCountsAsAFailure() {
    assertThat(after(new Up(1), new Exited(1))).isEqualTo(new OfficeState(Phase.RETIRING, 1, 1));
    assertThat(after(new Up(1), new CheckDue(1), new Exited(1)).failures()).isEqualTo(1);
  }

  @Test
  void failedStartsAreCountedUntilAnOfficeHasServed() {
    var state = after(new NotUp(1), new NotUp(2), new Up(3));
    assertThat(state).isEqualTo(new OfficeState(Phase.READY, 3, 2));
    assertThat(state.on(new Leased(3)).on(new Returned(3, true)).failures()).isZero();
  }

  @Test
  void lateNewsOfADeadOneChangesNothing() {
    var second = after(new Up(1), new Unfit(1), new Gone(1), new Up(2));
    for (Event late :
        List.of(
            new Up(1),
            new NotUp(1),
            new Leased(1),
            new Returned(1, false),
            new Cleaned(1),
            new CheckDue(1),
            new Answered(1),
            new Unfit(1),
            new Exited(1),
            new Gone(1))) {
      assertThat(second.on(late)).isEqualTo(second);
    }
  }

  @Test
  void newsThatMakesNoSenseChangesNothing() {
    var starting = OfficeState.first();
    for (Event odd :
        List.of(
            new Leased(1),
            new Returned(1, true),
            new Cleaned(1),
            new CheckDue(1),
            new Answered(1),
            new Unfit(1),
            new Exited(1),
            new Gone(1))) {
      assertThat(starting.on(odd)).isEqualTo(starting);
    }
    var leased = after(new Up(1), new Leased(1));
    for (Event odd : List.of(new Up(1), new NotUp(1), new CheckDue(1), new Unfit(1), new Gone(1))) {
      assertThat(leased.on(odd)).isEqualTo(leased);
    }
  }
}
