package io.doos.common.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees that asks about its job again and again. */
class ReadingTest {

  private static final Instant START = Instant.parse("2026-11-22T13:40:00Z");
  private static final Ticket TICKET = new Ticket("17");

  private Instant now = START;
  private final FakeObjectStore store = new FakeObjectStore(() -> now);
  private final JobLedger.Rules rules = new JobLedger.Rules(2, 5, Duration.ofDays(7));
  private final JobLedger ledger = new JobLedger(store, () -> now, rules);

  /** Another process: what it does to the job is news to ours. */
  private final JobLedger elsewhere = new JobLedger(store, () -> now, rules);

  private final List<String> calls = new ArrayList<>();
  private JobRecord job = ledgerJob();

  @BeforeEach
  void aJobThatWasAskedAboutOnce() throws Exception {
    job = elsewhere.reserve(() -> TICKET, _ -> job);
    assertThat(status().state()).isEqualTo(State.ENQUEUED);
    store.interfere(call -> {
      calls.add(call.operation() + " " + call.key());
      return Fault.NONE;
    });
  }

  @Test
  void askedAgainItCostsTwoReads() throws Exception {
    assertThat(status().state()).isEqualTo(State.ENQUEUED);
    assertThat(calls).containsExactly("READ output/17/status.json", "READ output/17/claim-1.json");
  }

  @Test
  void itsNextClaimsShow() throws Exception {
    var first = (Begin.Claimed) elsewhere.begin(job, Claimant.of("w1"), Arrival.FRESH);
    assertThat(status().state()).isEqualTo(State.RUNNING);
    assertThat(status().run()).isEqualTo(new Status.Run(1, 2, "w1", null));
    elsewhere.end(first, AttemptEnd.OFFICE_CRASHED);
    now = now.plusSeconds(3);
    elsewhere.beginAgain(first, Claimant.of("w2"));
    assertThat(status().run()).isEqualTo(new Status.Run(2, 2, "w2", null));
    assertThat(status().times()).isEqualTo(new Status.Times(START, now, null));
  }

  @Test
  void itsEndShowsAtOnce() throws Exception {
    elsewhere.cancel(TICKET, "why");
    assertThat(status().state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void deletedItIsUnknownAtOnce() throws Exception {
    elsewhere.delete(TICKET);
    assertThat(ledger.read(TICKET)).isEmpty();
  }

  @Test
  void afterAMinuteAllOfItIsReadAnew() throws Exception {
    store.delete(Keys.job(TICKET));
    assertThat(ledger.read(TICKET)).isPresent();
    now = now.plusSeconds(60);
    assertThat(ledger.read(TICKET)).isEmpty();
  }

  private Status status() throws StoreFailure {
    return ledger.read(TICKET).orElseThrow();
  }

  private static JobRecord ledgerJob() {
    var message =
        new JobMessage(
            TICKET,
            new Work.RunMacro(Work.RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(),
            null,
            START,
            new JobMessage.Limits(null, null, null),
            null);
    return new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of());
  }
}
