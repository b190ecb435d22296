package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mix of good and bad jobs that must leave the farm's process as it was. */
class SoakTest {

  private static final int ROUND = 80;

  /** What a pool of threads or connections may take more of when it is used more. */
  private static final int SLACK = 12;

  @TempDir Path temp;

  private record Held(long descriptors, long threads, long files, long processes) {}

  @Test
  void aMixOfJobsLeavesDescriptorsThreadsFilesAndProcessesFlat() throws Exception {
    var data = temp.resolve("data");
    try (var farm = FarmProcess.start(List.of(), data, "office.count=1")) {
      mix(farm);
      var before = held(farm, data);
      mix(farm);
      mix(farm);
      var after = held(farm, data);
      assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + SLACK);
      assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SLACK);
      assertThat(after.files()).isLessThanOrEqualTo(before.files() + SLACK);
      assertThat(after.processes()).isLessThanOrEqualTo(before.processes() + SLACK);
    }
  }

  private void mix(FarmProcess farm) throws Exception {
    var open = new ArrayDeque<Ticket>();
    for (var i = 0; i < ROUND; i++) {
      var macro =
          switch (i % 20) {
            case 5 -> "Sub Main\n  x = 0\n  y = 1 \\ x\nEnd Sub\n";
            case 11 -> "Sub Main\n  StarDesktop.terminate()\n  Wait 20000\nEnd Sub\n";
            default -> "Sub Main\n  Open \"<<OUTDIR>>out\" For Output As #1\n  Close #1\nEnd Sub\n";
          };
      open.add(submit(farm, macro, i % 3 == 0 ? 100_000 : 10));
    }
    while (!open.isEmpty()) {
      var ticket = open.remove();
      Until.holds(() -> farm.client().status(ticket).word().isFinal());
      farm.client().output(ticket, temp.resolve("out.zip"));
      farm.client().delete(ticket);
    }
  }

  private Ticket submit(FarmProcess farm, String macro, int bytes) throws Exception {
    var file = Files.write(temp.resolve("input.bin"), new byte[bytes]);
    var script = Files.writeString(temp.resolve("macro.bas"), macro);
    return farm.client()
        .submit(
            new Submission(
                script,
                List.of(file),
                "Main",
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  /** What the process holds once its offices are at rest. */
  private static Held held(FarmProcess farm, Path data) throws Exception {
    Until.holds(() -> count(data.resolve("worker/work")) == 0);
    var process = Path.of("/proc/" + farm.pid());
    return new Held(
        count(process.resolve("fd")),
        count(process.resolve("task")),
        count(data.resolve("spool")) + count(data.resolve("worker/offices")),
        farm.descendants().size());
  }

  private static long count(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }
}
