package io.doos.worker;

import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.life.Lifetime;
import io.doos.common.life.Service;
import io.doos.common.metrics.Metrics;
import io.doos.common.trace.Traces;
import java.time.InstantSource;

/** A worker as a process. */
public final class WorkerMain {

  private WorkerMain() {}

  /**
   * Runs a worker until the process is told to stop.
   *
   * @return the process's exit code
   * @throws Exception when it cannot be started
   */
  public static int run(Settings settings) throws Exception {
    var clock = InstantSource.system();
    var links = new FarmLinks(settings, clock);
    var metrics = new Metrics();
    try (var traces = Traces.of(settings, "doos-worker", clock)) {
      var worker = new Worker(settings, Worker.Farm.of(links), metrics, traces, clock);
      var door = new HealthDoor(settings, worker.checks().and(links.checks()), metrics);
      return new Lifetime().run(Service.inOrder(door, links, worker), () -> {});
    }
  }
}
