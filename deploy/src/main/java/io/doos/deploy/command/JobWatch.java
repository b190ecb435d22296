package io.doos.deploy.command;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.JobView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for a job to end, asking for its status ever less often, and shows how it is doing. A farm
 * that does not answer for a while is asked again: its gateway may be starting anew.
 */
final class JobWatch {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

  private final DoosClient client;
  private final Progress progress;
  private final InstantSource clock;

  JobWatch(DoosClient client, Progress progress, InstantSource clock) {
    this.client = client;
    this.progress = progress;
    this.clock = clock;
  }

  /** Returns when the job's state is final. */
  JobView untilFinal(Ticket ticket) throws ClientFailure, InterruptedException {
    var begin = clock.instant();
    var lastAnswer = begin;
    var pause = FIRST_PAUSE;
    try {
      while (true) {
        try {
          var view = client.status(ticket);
          lastAnswer = clock.instant();
          progress.show(view.word().shown(), since(begin));
          if (view.word().isFinal()) {
            return view;
          }
        } catch (ClientFailure.Unreachable e) {
          if (since(lastAnswer).compareTo(LONGEST_SILENCE) > 0) {
            throw e;
          }
          progress.show("waiting for the farm to answer again", since(begin));
        }
        pause(pause);
        pause = longer(pause);
      }
    } finally {
      progress.end();
    }
  }

  /** Only an interrupt ends it early. */
  private static void pause(Duration pause) throws InterruptedException {
    var nothing = new CountDownLatch(1);
    if (nothing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts it down");
    }
  }

  private Duration since(Instant begin) {
    return Duration.between(begin, clock.instant());
  }

  private static Duration longer(Duration pause) {
    var next = pause.multipliedBy(5).dividedBy(4);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }
}
