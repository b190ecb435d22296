package io.doos.deploy.storm;

import io.doos.common.life.Closer;
import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.farm.Until;
import io.doos.deploy.fault.Customer;
import io.doos.deploy.fault.Farm;
import io.doos.deploy.fault.Judge;
import io.doos.deploy.fault.Macros;
import io.doos.deploy.fault.Wanted;
import io.doos.worker.office.FolderTree;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A farm on a RabbitMQ cluster of three nodes, each of which is killed in turn under jobs and comes
 * back. Exits with 1 when a promise was broken.
 */
public final class ClusterMain {

  private static final int NODES = 3;
  private static final int JOBS_WITHOUT_A_NODE = 40;
  private static final Duration DRAIN = Duration.ofMinutes(2);

  private final List<PrivateRabbit> nodes;
  private final Farm farm;
  private final Judge judge;
  private final Customer customer;
  private final PrintStream out;

  private ClusterMain(List<PrivateRabbit> nodes, Farm farm, Path scratch, PrintStream out) {
    this.nodes = nodes;
    this.farm = farm;
    this.judge = new Judge(farm.objects(), farm.ledger());
    this.customer = new Customer(farm.clients(), judge, scratch);
    this.out = out;
  }

  /** Needs no arguments. */
  public static void main(String[] arguments) throws Exception {
    Farm.endAllWithThisProcess();
    var folder = Files.createTempDirectory("doos-cluster-");
    List<String> faults;
    try (var closer = new Closer()) {
      var nodes = new ArrayList<PrivateRabbit>();
      nodes.add(closer.add(new PrivateRabbit(folder.resolve("node-1"))));
      for (var i = 2; i <= NODES; i++) {
        nodes.add(closer.add(new PrivateRabbit(folder.resolve("node-" + i), nodes.getFirst())));
      }
      var ports = nodes.stream().map(PrivateRabbit::port).toList();
      var farm = closer.add(Farm.start(folder, ports, 2, 2));
      faults = new ClusterMain(nodes, farm, folder, System.out).run(folder);
    }
    faults.forEach(System.out::println);
    if (!faults.isEmpty()) {
      System.out.println("Logs: " + folder);
      System.exit(1);
    }
    FolderTree.delete(folder);
  }

  private List<String> run(Path scratch) throws Exception {
    var isOver = new AtomicBoolean();
    var traffic = new FutureTask<>(() -> offerUntil(isOver));
    Thread.ofVirtual().start(traffic);
    awaitJobs(JOBS_WITHOUT_A_NODE);
    for (var i = 0; i < NODES; i++) {
      var from = Instant.now();
      nodes.get(i).kill();
      awaitJobs(JOBS_WITHOUT_A_NODE);
      nodes.get(i).start();
      out.printf(
          "node %d was away for %.1f s, longest standstill %.1f s%n",
          i + 1,
          Duration.between(from, Instant.now()).toMillis() / 1e3,
          Standstill.longest(farm.ledger(), judge.tickets(), from, Instant.now()).toMillis() / 1e3);
    }
    isOver.set(true);
    var refused = traffic.get();
    var isDrained = judge.drain(DRAIN);
    var findings = judge.judge(farm.clients(), scratch);
    out.printf(
        "jobs %d, refused %d, runs again %d, %s; lost %d, unexpected %d, doubled %d%n",
        findings.jobs(),
        refused,
        findings.runsAgain(),
        isDrained ? "drained" : "not drained",
        findings.lost().size(),
        findings.unexpected().size(),
        findings.doubled().size());
    return findings.faults();
  }

  /** Waits until so many more jobs have ended. */
  private void awaitJobs(int more) throws Exception {
    var tickets = judge.tickets();
    Until.holds(() -> judge.jobs() >= tickets.size() + more);
    if (!judge.drain(DRAIN)) {
      throw new IllegalStateException("jobs do not end");
    }
  }

  private int offerUntil(AtomicBoolean isOver) throws Exception {
    var refused = 0;
    for (var i = 0; !isOver.get(); i++) {
      var nonce = "n" + i;
      refused += customer.offer(Macros.slow(nonce, 100), nonce, Wanted.DONE).isEmpty() ? 1 : 0;
    }
    return refused;
  }
}
