package io.doos.deploy.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.office.FolderTree;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A short storm; {@code make storm} is the long one. */
class StormTest {

  private static final long SEED = 1;
  private static final int JOBS = 200;

  @Test
  void aStormLosesNothingAndDoublesNothing() throws Exception {
    var folder = Path.of("target", "storm-" + SEED).toAbsolutePath();
    FolderTree.delete(folder);
    var plan = new Storm.Plan(SEED, Duration.ofMinutes(1), JOBS, folder);
    var figures = new Storm(plan, System.out).run();
    System.out.println(figures);
    assertThat(figures.findings().faults()).as("%s", figures).isEmpty();
    FolderTree.delete(folder);
  }
}
