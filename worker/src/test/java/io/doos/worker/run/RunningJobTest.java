package io.doos.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What is left for when a job's end has been told. */
class RunningJobTest {

  @Test
  void whatWasPutOffIsDoneOnceAndFailsNoJob() {
    var done = new ArrayList<String>();
    var running = new RunningJob();
    running.putOff(() -> {
      throw new IllegalStateException("a folder that cannot be read");
    });
    running.putOff(() -> done.add("second"));
    running.catchUp();
    running.catchUp();
    assertThat(done).containsExactly("second");
  }
}
