package io.doos.deploy.bench;

import io.doos.deploy.farm.FarmProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How long one job takes in a farm that uses its offices again, and in one that does not: in turns,
 * with time between them to make new offices ready, so that neither is saturated.
 *
 * @param tenant in a farm with {@code office.reuse=tenant}
 * @param never in one with {@code office.reuse=never}
 */
record ReuseLatency(Percentiles tenant, Percentiles never) {

  private static final int JOBS = 40;
  private static final int WARM_UP_JOBS = 5;
  private static final Duration BETWEEN_JOBS = Duration.ofMillis(750);

  static ReuseLatency measure(List<String> doos, Path folder, Workload workload) throws Exception {
    try (var warm = FarmProcess.start(doos, folder.resolve("tenant"), "office.count=1");
        var fresh =
            FarmProcess.start(
                doos, folder.resolve("never"), "office.count=1", "office.reuse=never")) {
      var tenantLoad = new FarmLoad(warm.client(), folder);
      var neverLoad = new FarmLoad(fresh.client(), folder);
      measure(tenantLoad, neverLoad, workload, WARM_UP_JOBS);
      return measure(tenantLoad, neverLoad, workload, JOBS);
    }
  }

  private static ReuseLatency measure(
      FarmLoad tenantLoad, FarmLoad neverLoad, Workload workload, int jobs) throws Exception {
    var tenant = new long[jobs];
    var never = new long[jobs];
    for (int job = 0; job < jobs; job++) {
      tenant[job] = tenantLoad.latencyNanos(workload);
      LockSupport.parkNanos(BETWEEN_JOBS.toNanos());
      never[job] = neverLoad.latencyNanos(workload);
      LockSupport.parkNanos(BETWEEN_JOBS.toNanos());
    }
    return new ReuseLatency(new Percentiles(tenant), new Percentiles(never));
  }
}
