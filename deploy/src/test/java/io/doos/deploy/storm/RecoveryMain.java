package io.doos.deploy.storm;

import io.doos.common.job.Ticket;
import io.doos.common.status.Status;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.farm.Until;
import io.doos.deploy.fault.Customer;
import io.doos.deploy.fault.Farm;
import io.doos.deploy.fault.Judge;
import io.doos.deploy.fault.Macros;
import io.doos.deploy.fault.Member;
import io.doos.deploy.fault.Wanted;
import io.doos.worker.office.FolderTree;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Prints how long a farm takes to recover from the loss of each of its parts. */
public final class RecoveryMain {

  private static final int ROUNDS = 5;
  private static final int FROZEN_ROUNDS = 2;
  private static final int BOUNCE_ROUNDS = 3;
  private static final int JOB_MS = 4000;

  private final PrivateRabbit rabbit;
  private final Farm farm;
  private final Judge judge;
  private final Customer customer;
  private final PrintStream out;

  private RecoveryMain(PrivateRabbit rabbit, Farm farm, Path scratch, PrintStream out) {
    this.rabbit = rabbit;
    this.farm = farm;
    this.judge = new Judge(farm.objects(), farm.ledger());
    this.customer = new Customer(farm.clients(), judge, scratch);
    this.out = out;
  }

  /** Needs no arguments. */
  public static void main(String[] arguments) throws Exception {
    Farm.endAllWithThisProcess();
    var folder = Files.createTempDirectory("doos-recovery-");
    try (var rabbit = new PrivateRabbit(folder.resolve("rabbit"));
        var farm = Farm.start(folder, rabbit, 1, 2, "worker.stage=0")) {
      new RecoveryMain(rabbit, farm, folder, System.out).run();
    }
    FolderTree.delete(folder);
  }

  private interface Round {
    Duration run() throws Exception;
  }

  private void run() throws Exception {
    out.println("Recovery, s                                            median   longest   wanted");
    measure("killed worker's job runs again", 2, ROUNDS, () -> runsAgain(Member::kill));
    measure("frozen worker's job runs again", 15, FROZEN_ROUNDS, () -> runsAgain(Member::freeze));
    measure("broker back after a kill, next job done", 15, BOUNCE_ROUNDS, this::brokerBounced);
    measure("store back after a kill, next job done", 15, BOUNCE_ROUNDS, this::storeBounced);
  }

  private void measure(String what, int wanted, int rounds, Round round) throws Exception {
    List<Duration> times = new ArrayList<>();
    for (var i = 0; i < rounds; i++) {
      times.add(round.run());
      farm.heal();
      if (!judge.drain(Duration.ofMinutes(2))) {
        throw new IllegalStateException("the farm did not recover");
      }
    }
    Collections.sort(times);
    out.printf(
        Locale.ROOT,
        "%-50s %10.2f %9.2f %8d%n",
        what,
        times.get(times.size() / 2).toMillis() / 1e3,
        times.getLast().toMillis() / 1e3,
        wanted);
  }

  private interface Blow {
    void to(Member worker) throws Exception;
  }

  private Duration runsAgain(Blow blow) throws Exception {
    var ticket = customer.submit(Macros.slow("again", JOB_MS), "again", Wanted.DONE);
    Until.holds(() -> attempt(ticket) == 1);
    var name = farm.ledger().read(ticket).map(Status::run).map(Status.Run::worker).orElse("");
    var victim =
        farm.workers().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    var begin = System.nanoTime();
    blow.to(victim);
    Until.holds(() -> attempt(ticket) == 2);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private int attempt(Ticket ticket) throws Exception {
    return farm.ledger().read(ticket).map(status -> status.run().attempt()).orElse(0);
  }

  private Duration brokerBounced() throws Exception {
    rabbit.kill();
    rabbit.start();
    return untilNextJob();
  }

  private Duration storeBounced() throws Exception {
    farm.store().kill();
    farm.store().start();
    return untilNextJob();
  }

  private Duration untilNextJob() throws Exception {
    var begin = System.nanoTime();
    Until.holds(() -> customer.offer(Macros.writing("next"), "next", Wanted.DONE).isPresent());
    if (!judge.drain(Duration.ofMinutes(2))) {
      throw new IllegalStateException("the farm did not recover");
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
