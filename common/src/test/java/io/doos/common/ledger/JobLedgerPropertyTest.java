package io.doos.common.ledger;

import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The ledger's promises over thousands of small farms, each its own interleaving of a seed. */
final class JobLedgerPropertyTest {

  private static final int FARMS = 1000;
  private static final int STEPS = 200;

  @Test
  void whateverHappensInWhateverOrderThePromisesHold() throws Exception {
    // on a virtual thread, from which the turn passes to an actor's without waking another core
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(JobLedgerPropertyTest::runAll).get();
    }
  }

  private static void runAll() {
    for (var seed = 0L; seed < FARMS; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) {
    var farm = new Farm(seed);
    try {
      farm.live(STEPS);
    } catch (Throwable broken) {
      throw new AssertionError(
          "seed " + seed + ", after\n  " + String.join("\n  ", farm.trace()), broken);
    }
  }
}
