package io.doos.deploy.bench;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.JobView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A farm driven over TCP by clients that fetch every result. */
final class FarmLoad implements Rig {

  /** Jobs in the farm at any time: enough that it never waits for a client. */
  private static final int IN_FLIGHT = 48;

  private static final int CLIENTS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As a client would that waits for a queue of jobs; what a poll costs is measured by itself. */
  private static final Duration LOAD_POLL = Duration.ofMillis(250);

  private static final Duration LATENCY_POLL = Duration.ofMillis(2);

  private final DoosClient client;
  private final Path folder;

  /**
   * @param folder where results are put
   */
  FarmLoad(DoosClient client, Path folder) {
    this.client = client;
    this.folder = folder;
  }

  /** Each client sends a job and then fetches the result that is due for longest. */
  @Override
  public Run run(Workload workload, Duration time) throws Exception {
    BlockingQueue<Ticket> open = new LinkedBlockingQueue<>();
    long begin = System.nanoTime();
    for (int job = 0; job < IN_FLIGHT - CLIENTS; job++) {
      open.add(client.submit(workload.submission()));
    }
    var run =
        Crew.run(
            CLIENTS,
            time,
            () -> {
              open.add(client.submit(workload.submission()));
              fetch(open.take(), LOAD_POLL);
              return open;
            });
    long rest = open.size();
    while (!open.isEmpty()) {
      fetch(open.take(), LOAD_POLL);
    }
    return new Run(run.jobs() + rest, Duration.ofNanos(System.nanoTime() - begin));
  }

  /**
   * Does one job after the other; answers how long each took from connecting to having its result.
   */
  Percentiles latencies(Workload workload, int jobs) throws Exception {
    var nanos = new long[jobs];
    for (int job = 0; job < jobs; job++) {
      nanos[job] = latencyNanos(workload);
    }
    return new Percentiles(nanos);
  }

  /** Does one job; answers how many nanoseconds it took from connecting to having its result. */
  long latencyNanos(Workload workload) throws Exception {
    long begin = System.nanoTime();
    fetch(client.submit(workload.submission()), LATENCY_POLL);
    return System.nanoTime() - begin;
  }

  private void fetch(Ticket ticket, Duration poll) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var view = client.status(ticket);
    while (!view.word().isFinal()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "job "
                + ticket
                + " did not end in "
                + TimeUnit.NANOSECONDS.toSeconds(PATIENCE.toNanos())
                + " s");
      }
      LockSupport.parkNanos(poll.toNanos());
      view = client.status(ticket);
    }
    var zip = folder.resolve(ticket + ".zip");
    if (view.word() != JobView.Word.DONE || !client.output(ticket, zip)) {
      throw new IllegalStateException("job " + ticket + " failed: " + view.error());
    }
    Files.delete(zip);
  }
}
