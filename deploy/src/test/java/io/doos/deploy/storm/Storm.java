package io.doos.deploy.storm;

import io.doos.common.job.Ticket;
import io.doos.common.ledger.Keys;
import io.doos.common.store.StoreFailure;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.fault.Customer;
import io.doos.deploy.fault.Farm;
import io.doos.deploy.fault.Judge;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Jobs of all kinds on two gateways, three workers, a RabbitMQ and a store, all of which are
 * killed, frozen, stopped, cut off and started again at random; then calm, and a judgement.
 */
final class Storm {

  private static final int GATEWAYS = 2;
  private static final int WORKERS = 3;
  private static final int CUSTOMERS = 4;
  private static final int HANDS = 2;
  private static final Duration PROGRESS = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofMinutes(4);

  /** RabbitMQ 3.10 forgets a quorum queue that is killed within a second of its declaration. */
  private static final int SETTLE_SECONDS = 2;

  /**
   * What kind of storm it is to be.
   *
   * @param seed of everything random in it
   * @param time from the first job to the calm
   * @param jobs how many jobs to give in that time
   * @param folder for everything that is written
   */
  record Plan(long seed, Duration time, int jobs, Path folder) {}

  private final Plan plan;
  private final PrintStream out;
  private final Pauses pauses = new Pauses();
  private final List<FutureTask<?>> parts = new ArrayList<>();

  Storm(Plan plan, PrintStream out) {
    this.plan = plan;
    this.out = out;
  }

  /** Lets it rage, and tells what came of it. */
  Figures run() throws Exception {
    out.printf(
        "A storm of %d s with %d jobs, seed %d, in %s%n",
        plan.time().toSeconds(), plan.jobs(), plan.seed(), plan.folder());
    Files.createDirectories(plan.folder());
    var scratch = Files.createDirectories(plan.folder().resolve("scratch"));
    try (var rabbit = new PrivateRabbit(plan.folder().resolve("rabbit"));
        var farm =
            Farm.start(
                plan.folder(),
                rabbit,
                GATEWAYS,
                WORKERS,
                "job.max-lost=100",
                "job.timeout=2m",
                "stop.grace=5s");
        var log = new StormLog(plan.folder().resolve("storm.log"))) {
      var judge = new Judge(farm.objects(), farm.ledger());
      var begin = Instant.now();
      rage(rabbit, farm, log, judge, scratch);
      var calm = Instant.now();
      rabbit.awaitUsable();
      farm.heal();
      var isDrained = judge.drain(DRAIN);
      var drained = Duration.between(calm, Instant.now());
      out.printf("%s after %d s%n", isDrained ? "Drained" : "Not drained", drained.toSeconds());
      var findings = judge.judge(farm.clients(), scratch);
      return new Figures(
          plan,
          findings,
          log.counts(),
          Standstill.longest(farm.ledger(), judge.tickets(), begin, calm),
          drained,
          farm.objects().list(Keys.INPUTS).size());
    } finally {
      pauses.end();
    }
  }

  private void rage(PrivateRabbit rabbit, Farm farm, StormLog log, Judge judge, Path scratch)
      throws Exception {
    new CountDownLatch(1).await(SETTLE_SECONDS, TimeUnit.SECONDS);
    var seeds = new SplittableRandom(plan.seed());
    var left = new AtomicInteger(plan.jobs());
    var pauseMs = (int) (plan.time().toMillis() * CUSTOMERS / plan.jobs());
    var customer = new Customer(farm.clients(), judge, scratch);
    for (var i = 0; i < CUSTOMERS; i++) {
      var traffic =
          new Traffic(
              farm, rabbit.url(), customer, judge, log, left, "c" + i, pauses, random(seeds));
      part(
          "customer",
          () -> {
            traffic.run(pauseMs);
            return true;
          });
    }
    for (var i = 0; i < HANDS; i++) {
      var processes = new ProcessTrouble(farm, rabbit, log, pauses, random(seeds));
      part(
          "processes",
          () -> {
            processes.run();
            return true;
          });
    }
    var links = new LinkTrouble(farm, log, pauses, random(seeds));
    part(
        "links",
        () -> {
          links.run();
          return true;
        });
    var looks = random(seeds);
    part(
        "looks",
        () -> {
          look(judge, looks);
          return true;
        });
    awaitEnd(judge, log);
  }

  private static RandomGenerator random(SplittableRandom seeds) {
    return new Random(seeds.nextLong());
  }

  private void part(String name, Callable<Boolean> work) {
    var part = new FutureTask<>(work);
    parts.add(part);
    Thread.ofVirtual().name("storm-" + name).start(part);
  }

  /** Waits for the storm's end, then for the end of all its parts; theirs is ours if they fail. */
  private void awaitEnd(Judge judge, StormLog log) throws Exception {
    var end = System.nanoTime() + plan.time().toNanos();
    while (System.nanoTime() < end) {
      if (parts.stream().anyMatch(part -> part.state() == Future.State.FAILED)) {
        break;
      }
      var pause = Math.min(PROGRESS.toNanos(), Math.max(1, end - System.nanoTime()));
      try {
        parts.getLast().get(pause, TimeUnit.NANOSECONDS); // the one who looks ends with the storm
      } catch (TimeoutException e) {
        out.printf(
            "%4d s left, %d jobs, %s%n",
            TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()), judge.jobs(), log.counts());
      }
    }
    pauses.end();
    for (var part : parts) {
      try {
        part.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a part of the storm failed", e);
      }
    }
  }

  /** Looks at random tickets all the time, as clients do that poll. */
  private void look(Judge judge, RandomGenerator random) throws InterruptedException {
    List<Ticket> tickets = List.of();
    for (var i = 0; pauses.between(random, 5, 40); i++) {
      if (i % 50 == 0) {
        tickets = judge.tickets();
      }
      if (!tickets.isEmpty()) {
        try {
          judge.look(tickets.get(random.nextInt(tickets.size())));
        } catch (StoreFailure e) {
          // the store is down: later
        }
      }
    }
  }
}
