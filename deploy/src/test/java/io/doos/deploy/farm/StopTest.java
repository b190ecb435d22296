package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Ticket;
import io.doos.common.status.State;
import io.doos.deploy.client.JobApi;
import io.doos.deploy.client.JobView.Word;
import io.doos.deploy.client.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping a farm and its jobs by every means there is; a real farm with one real office. */
class StopTest {

  private static final String NOTHING = "Sub Main\nEnd Sub\n";
  private static final String LONG = "Sub Main\n  Wait 25000\nEnd Sub\n";

  @TempDir Path temp;

  @Test
  void aCancelledQueuedJobNeverStartsARunningOneStopsAndTheNextIsUnharmed() throws Exception {
    try (var farm = start("worker.stage=0")) {
      assertThat(api(farm).unreadiness()).isEmpty();
      var running = submit(farm, LONG);
      Until.holds(() -> word(farm, running) == Word.DEQUEUED);
      var queued = submit(farm, NOTHING);
      var office = farm.descendants();

      assertThat(api(farm).cancel(queued).state()).isEqualTo(State.CANCELLED);
      assertThat(api(farm).cancel(running).state()).isEqualTo(State.CANCELLED);

      var next = submit(farm, NOTHING);
      Until.holds(() -> word(farm, next).isFinal());
      assertThat(word(farm, next)).isEqualTo(Word.DONE);
      assertThat(api(farm).cancel(next).state()).isEqualTo(State.DONE);
      assertThat(farm.log())
          .contains("Job " + running + " attempt 1 was stopped: WITHDRAWN")
          .doesNotContain("Job " + queued + " attempt 1 begins")
          .contains("Job " + running + " is CANCELLED")
          .contains("Job " + queued + " is CANCELLED");
      assertThat(office).anyMatch(process -> !process.isAlive());
    }
  }

  @Test
  void whatDoesNotFinishWithinTheGraceIsHandedBackAndEndsDoneInTheNextFarm() throws Exception {
    var tickets = new ArrayList<Ticket>();
    try (var farm = start("stop.grace=1s")) {
      tickets.add(submit(farm, "Sub Main\n  Wait 8000\nEnd Sub\n"));
      Until.holds(() -> word(farm, tickets.getFirst()) == Word.DEQUEUED);
      tickets.add(submit(farm, NOTHING));
      assertThat(farm.terminate()).isTrue();
      assertThat(farm.exitCode()).isZero();
      assertThat(farm.log()).contains("attempt 1 was stopped: HANDED_BACK");
    }
    try (var farm = start("job.max-attempts=1", "job.max-lost=1")) {
      for (var ticket : tickets) {
        Until.holds(() -> word(farm, ticket).isFinal());
        assertThat(word(farm, ticket)).isEqualTo(Word.DONE);
      }
    }
  }

  @Test
  void aSecondSignalStopsAtOnceAndLeavesNoProcessAndNoCharge() throws Exception {
    Ticket ticket;
    try (var farm = start("stop.grace=1h")) {
      ticket = submit(farm, LONG);
      Until.holds(() -> word(farm, ticket) == Word.DEQUEUED);
      var below = farm.descendants();
      farm.signal("TERM");
      Until.holds(() -> farm.log().contains("Stopping"));
      Until.holds(() -> api(farm).unreadiness().orElse("").contains("gateway: draining"));
      farm.signal("TERM");
      assertThat(farm.awaitEnd()).isTrue();
      assertThat(farm.exitCode()).isEqualTo(143);
      below.forEach(process -> process.onExit().join());
      assertThat(farm.log()).contains("attempt 1 was stopped: HANDED_BACK");
    }
  }

  private FarmProcess start(String... settings) throws Exception {
    var all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("office.count=1", "office.standby=0"));
    return FarmProcess.start(temp.resolve("data"), all.toArray(String[]::new));
  }

  private static JobApi api(FarmProcess farm) throws Exception {
    return new JobApi("127.0.0.1", farm.httpPort(), Duration.ofSeconds(5), Duration.ofSeconds(60));
  }

  private static Word word(FarmProcess farm, Ticket ticket) throws Exception {
    return farm.client().status(ticket).word();
  }

  private Ticket submit(FarmProcess farm, String macro) throws Exception {
    var script = Files.writeString(Files.createTempFile(temp, "macro", ".bas"), macro);
    return farm.client()
        .submit(
            new Submission(
                script, List.of(), "Main", Optional.empty(), Optional.empty(), Optional.empty()));
  }
}
