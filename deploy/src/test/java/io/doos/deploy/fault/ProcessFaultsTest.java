package io.doos.deploy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Ticket;
import io.doos.common.life.Closer;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.farm.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, frozen and stopped under jobs. */
class ProcessFaultsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MAX_LOST = 3;

  @TempDir static Path temp;
  private static final Closer closer = new Closer();
  private static Farm farm;
  private Judge judge;
  private Customer customer;

  @BeforeAll
  static void start() throws Exception {
    var rabbit = closer.add(new PrivateRabbit(temp.resolve("rabbit")));
    farm =
        closer.add(
            Farm.start(
                temp.resolve("farm"), rabbit, 2, 2, "job.max-lost=" + MAX_LOST, "worker.stage=0"));
  }

  @BeforeEach
  void open() {
    judge = new Judge(farm.objects(), farm.ledger());
    customer = new Customer(farm.clients(), judge, temp);
  }

  @AfterAll
  static void stop() {
    closer.close();
  }

  @Test
  void aThawedWorkerChangesNothing() throws Exception {
    var ticket = customer.submit(Macros.slow("thawed", 4000), "thawed", Wanted.DONE);
    var frozen = workerOf(running(ticket, 1));
    frozen.freeze();
    try {
      ended();
    } finally {
      frozen.thaw();
    }
    // it learns of the lost link or of the job's end, or comes to its own and learns that it is
    // late
    Until.holds(() ->
        frozen.says("Job " + ticket + " attempt 1 was stopped: LINK_LOST")
            || frozen.says("Job " + ticket + " attempt 1 was stopped: WITHDRAWN")
            || frozen.says("Job " + ticket + " is DONE"));
    judged();
    assertThat(status(ticket).run().attempt()).isEqualTo(2);
  }

  @Test
  void aWorkerThatLostItsChannelStopsTheJobAndCommitsNothing() throws Exception {
    var ticket = customer.submit(Macros.slow("cut", 3000), "cut", Wanted.DONE);
    var worker = workerOf(running(ticket, 1));
    farm.links(worker).amqp().set(new LinkFault.Refuse());
    try {
      Until.holds(() -> worker.says("Job " + ticket + " attempt 1 was stopped: LINK_LOST"));
      ended();
      assertThat(status(ticket).run().worker()).isNotEqualTo(worker.name());
    } finally {
      farm.links(worker).amqp().set(LinkFault.NONE);
    }
    judged();
  }

  @Test
  void aJobThatTakesItsWorkerDownEndsWorkerLost() throws Exception {
    var ticket = customer.submit(Macros.slow("deadly", 20_000), "deadly", Wanted.WORKER_LOST);
    for (var attempt = 1; attempt <= MAX_LOST; attempt++) {
      var victim = workerOf(running(ticket, attempt));
      victim.kill();
      victim.launch();
    }
    ended();
    judged();
    farm.heal();
  }

  @Test
  void aRollingRestartOfEveryProcessUnderLoadLosesAndChargesNothing() throws Exception {
    for (var member : farm.doors()) {
      for (var i = 0; i < 3; i++) {
        var nonce = member.name() + i;
        customer.submit(Macros.slow(nonce, 700), nonce, Wanted.DONE);
      }
      assertThat(member.stop()).isTrue();
      member.start();
    }
    ended();
    judged();
    for (var ticket : judge.tickets()) {
      assertThat(farm.objects().list("output/" + ticket + "/"))
          .as("every attempt but the last was handed back")
          .filteredOn(object -> object.key().contains("claim-"))
          .hasSize((int) handedBack(ticket) + 1);
    }
  }

  @Test
  void aKilledWorkersProcessesAndFoldersAreGoneWhenItIsThereAgain() throws Exception {
    var worker = farm.workers().getFirst();
    for (var i = 0; i < 4; i++) {
      customer.submit(Macros.slow("swept" + i, 1500), "swept" + i, Wanted.DONE);
    }
    Until.holds(() -> isBusy(worker));
    var offices = worker.descendants();
    assertThat(offices).isNotEmpty();
    worker.kill();
    worker.start();
    Until.holds(() -> offices.stream().noneMatch(ProcessHandle::isAlive));
    ended();
    judged();
    Until.holds(() -> count(temp.resolve("farm/worker-1/worker/work")) == 0);
    var offered = count(temp.resolve("farm/worker-1/worker/offices"));
    assertThat(offered).as("one office, its lock and the template").isLessThanOrEqualTo(5);
  }

  private static long count(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }

  private static long handedBack(Ticket ticket) throws Exception {
    return farm.objects().list("output/" + ticket + "/").stream()
        .filter(object -> object.key().contains("end-"))
        .count();
  }

  private boolean isBusy(Member worker) throws Exception {
    for (var ticket : judge.tickets()) {
      var status = status(ticket);
      if (status.state() == State.RUNNING && worker.name().equals(status.run().worker())) {
        return true;
      }
    }
    return false;
  }

  /** Waits for an attempt at a job; answers whose it is. */
  private static String running(Ticket ticket, int attempt) throws Exception {
    Until.holds(
        () -> status(ticket).state() == State.RUNNING && status(ticket).run().attempt() == attempt);
    return String.valueOf(status(ticket).run().worker());
  }

  private static Member workerOf(String name) {
    return farm.workers().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Status status(Ticket ticket) throws Exception {
    return farm.ledger().read(ticket).orElseThrow();
  }

  private void ended() throws Exception {
    assertThat(judge.drain(PATIENCE)).as("all jobs have ended").isTrue();
  }

  private void judged() throws Exception {
    assertThat(judge.judge(farm.clients(), temp).faults()).isEmpty();
  }
}
