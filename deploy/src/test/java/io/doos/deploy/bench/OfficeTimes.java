package io.doos.deploy.bench;

import io.doos.worker.engine.OfficeBasics;
import io.doos.worker.engine.OfficeCleaning;
import io.doos.worker.engine.OfficePreparation;
import io.doos.worker.office.OfficePool;
import io.doos.worker.office.Offices;
import io.doos.worker.office.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * How long jailed offices take.
 *
 * @param start from nothing to connected
 * @param prepare loading our libraries and warming up, after that
 * @param lease of one that is ready
 * @param recycle until a returned one is clean and ready
 */
record OfficeTimes(Percentiles start, Percentiles prepare, Percentiles lease, Percentiles recycle) {

  private static final int ROUNDS = 20;

  /** So many that the first ones, through code that is met anew, are not the slowest twentieth. */
  private static final int LEASES = 400;

  /** Measures them one by one, in a folder of their own. */
  static OfficeTimes measure(Path folder) throws Exception {
    try (var offices = Offices.open(BareOffices.settings(folder));
        var watchdog = new Watchdog(Watchdog.Settings.standard(), InstantSource.system())) {
      watchdog.start();
      var starts = new long[ROUNDS];
      var preparations = new long[ROUNDS];
      for (var round = 0; round < ROUNDS; round++) {
        var begin = System.nanoTime();
        try (var lease = offices.startShowingDialogs()) {
          starts[round] = System.nanoTime() - begin;
          begin = System.nanoTime();
          new OfficePreparation(new OfficeBasics()).prepare(lease.office());
          preparations[round] = System.nanoTime() - begin;
        }
      }
      return pooled(offices, watchdog, new Percentiles(starts), new Percentiles(preparations));
    }
  }

  private static OfficeTimes pooled(
      Offices offices, Watchdog watchdog, Percentiles starts, Percentiles preparations)
      throws Exception {
    var leases = new long[LEASES];
    var recycles = new long[LEASES];
    var basics = new OfficeBasics();
    try (var pool =
        new OfficePool(
            withoutStandby(),
            offices,
            watchdog,
            new OfficePreparation(basics),
            new OfficeCleaning(basics),
            InstantSource.system())) {
      pool.start();
      for (var round = 0; round < LEASES; round++) {
        var begin = System.nanoTime();
        var lease = pool.lease("", Duration.ofSeconds(10));
        leases[round] = System.nanoTime() - begin;
        begin = System.nanoTime();
        lease.close();
        while (!pool.snapshot().getFirst().phase().equals("READY")) {
          LockSupport.parkNanos(50_000);
        }
        recycles[round] = System.nanoTime() - begin;
      }
    }
    return new OfficeTimes(
        starts, preparations, new Percentiles(leases), new Percentiles(recycles));
  }

  private static OfficePool.Settings withoutStandby() {
    var pool = BareOffices.poolSettings(1);
    return new OfficePool.Settings(
        1,
        0,
        pool.reuse(),
        pool.maxUses(),
        pool.maxAge(),
        pool.maxMemoryBytes(),
        pool.checkInterval(),
        pool.upkeepTimeout());
  }
}
