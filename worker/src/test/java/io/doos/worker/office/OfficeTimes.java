package io.doos.worker.office;

import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Prints how long offices take to start, to be leased and to be recycled; for benchmarks. */
public final class OfficeTimes {

  private static final int ROUNDS = 20;

  private OfficeTimes() {}

  /** Needs a LibreOffice and a jail; takes no arguments. */
  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory("office-times");
    try (var offices = Offices.open(OfficeSettings.standard(folder));
        var watchdog = new Watchdog(Watchdog.Settings.standard(), InstantSource.system())) {
      watchdog.start();
      print(offices, watchdog);
    } finally {
      FolderTree.delete(folder);
    }
  }

  static void print(Offices offices, Watchdog watchdog) throws Exception {
    System.out.println("offices are jailed by " + offices.jail());
    var starts = new long[ROUNDS];
    for (var round = 0; round < ROUNDS; round++) {
      var begin = System.nanoTime();
      var office = offices.start(0, round);
      starts[round] = System.nanoTime() - begin;
      office.close();
    }
    print("start to connected", starts);
    var settings =
        new OfficePool.Settings(
            1,
            0,
            OfficePool.Reuse.TENANT,
            1000,
            Duration.ofHours(1),
            1L << 30,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20));
    var leases = new long[ROUNDS];
    var recycles = new long[ROUNDS];
    try (var pool =
        new OfficePool(
            settings, offices, watchdog, Preparation.NONE, Cleaning.NONE, InstantSource.system())) {
      pool.start();
      for (var round = 0; round < ROUNDS; round++) {
        var begin = System.nanoTime();
        var lease = pool.lease("", Duration.ofSeconds(10));
        leases[round] = System.nanoTime() - begin;
        lease.close();
        begin = System.nanoTime();
        while (!pool.snapshot().getFirst().phase().equals("READY")) {
          LockSupport.parkNanos(50_000);
        }
        recycles[round] = System.nanoTime() - begin;
      }
    }
    print("lease of a ready office", leases);
    print("recycle of a returned office", recycles);
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%-30s p50 %8.3f ms   p95 %8.3f ms%n",
        what, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 95 / 100] / 1e6);
  }
}
