package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.JobView.Word;
import io.doos.deploy.client.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A farm that is stopped, killed and started again on the same data. */
class FarmLifeTest {

  @TempDir Path temp;

  @Test
  void jobsOfAKilledFarmRunToTheirEndInTheNext() throws Exception {
    var tickets = new ArrayList<Ticket>();
    try (var farm = start()) {
      tickets.add(submit(farm, "Sub Main\n  Wait 5000\nEnd Sub\n"));
      Until.holds(() -> farm.client().status(tickets.getFirst()).word() == Word.DEQUEUED);
      for (int i = 0; i < 5; i++) {
        tickets.add(submit(farm, "Sub Main\nEnd Sub\n"));
      }
      var offices = farm.descendants();
      farm.kill();
      for (var office : offices) {
        office.onExit().join();
      }
    }
    try (var farm = start()) {
      for (var ticket : tickets) {
        Until.holds(() -> farm.client().status(ticket).word().isFinal());
        assertThat(farm.client().status(ticket).word()).isEqualTo(Word.DONE);
      }
    }
  }

  @Test
  void aStoppedFarmFinishesWhatRunsAndLeavesNoProcess() throws Exception {
    var farm = start();
    var ticket = submit(farm, "Sub Main\n  Wait 2000\nEnd Sub\n");
    Until.holds(() -> farm.client().status(ticket).word() == Word.DEQUEUED);
    var offices = farm.descendants();
    assertThat(offices).isNotEmpty();
    assertThat(farm.terminate()).isTrue();
    assertThat(offices).noneMatch(ProcessHandle::isAlive);
    try (var next = start()) {
      assertThat(next.client().status(ticket).word()).isEqualTo(Word.DONE);
    }
  }

  @Test
  void aClientOnThisMachineMayTerminateTheFarm() throws Exception {
    try (var farm = start()) {
      var client =
          new ProcessBuilder(
              "python3", "examples/clients/doos_client.py", "--port", "" + farm.port, "terminate");
      assertThat(client.inheritIO().start().waitFor()).isZero();
      assertThat(farm.awaitEnd()).isTrue();
      assertThat(farm.exitCode()).isZero();
    }
  }

  private FarmProcess start() throws Exception {
    return FarmProcess.start(temp.resolve("data"), "office.count=1");
  }

  private Ticket submit(FarmProcess farm, String macro) throws Exception {
    var script = macroFile(macro);
    return farm.client()
        .submit(
            new Submission(
                script, List.of(), "Main", Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private Path macroFile(String text) throws IOException {
    return Files.writeString(Files.createTempFile(temp, "macro", ".bas"), text);
  }
}
