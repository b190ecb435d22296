package io.doos.deploy.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does one thing on several threads at once, again and again for a while. */
final class Crew {

  private Crew() {}

  /**
   * Begins {@code job} on each thread anew until {@code time} is over.
   *
   * @throws Exception what a job threw
   */
  static Rig.Run run(int threads, Duration time, Callable<?> job) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime();
      long end = begin + time.toNanos();
      var counts = new ArrayList<Future<Long>>();
      for (int thread = 0; thread < threads; thread++) {
        counts.add(executor.submit(() -> again(job, end)));
      }
      long jobs = 0;
      for (var count : counts) {
        jobs += count.get();
      }
      return new Rig.Run(jobs, Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private static long again(Callable<?> job, long end) throws Exception {
    long jobs = 0;
    while (System.nanoTime() < end) {
      job.call();
      jobs++;
    }
    return jobs;
  }
}
