package io.doos.common.ledger;

import org.junit.jupiter.api.Test;

/** The ledger's promises over thousands of small farms, each its own interleaving of a seed. */
final class JobLedgerPropertyTest {

  private static final int FARMS = 1500;
  private static final int STEPS = 250;

  @Test
  void whateverHappensInWhateverOrderThePromisesHold() {
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
