package io.doos.deploy.bench;

import io.doos.common.job.Ticket;
import io.doos.deploy.bench.BenchPlan.Part;
import io.doos.deploy.farm.FarmProcess;
import io.doos.deploy.fault.S3Relay;
import io.doos.worker.office.FolderTree;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what the farm costs: its jobs per second over TCP beside those of bare offices, in turns
 * in one run so that what else the machine does hits both alike. Takes about twenty minutes.
 */
public final class BenchMain {

  static final int ROUNDS = 2;
  private static final int DOCUMENT_BYTES = 100 * 1024; // too large for a message
  private static final int IDLE_CONNECTIONS = 9_990; // a gateway takes 10,000
  private static final int PUTS_PER_SECOND = 400; // less than two cores can bring about by far
  private static final long OWN_PID = ProcessHandle.current().pid();

  private final Path folder;
  private final BenchPlan plan;
  private final PrintStream out;
  private final Workload trivial;
  private final Workload writer;
  private final Workload merge;
  private final Workload withDocument;

  private BenchMain(Path folder, BenchPlan plan, PrintStream out) throws Exception {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
    this.trivial = Workload.trivial(folder);
    this.writer = Workload.writerToPdf(folder);
    this.merge = Workload.merge(Path.of("deploy/examples"));
    this.withDocument = Workload.withDocument(folder, DOCUMENT_BYTES);
  }

  /**
   * To be started in the project's own folder.
   *
   * @param arguments as {@link BenchPlan#of} reads them
   */
  public static void main(String[] arguments) throws Exception {
    var plan = BenchPlan.of(arguments);
    var folder = Files.createTempDirectory("doos-bench-");
    try {
      new BenchMain(folder, plan, System.out).run();
    } finally {
      FolderTree.delete(folder);
    }
  }

  private void run() throws Exception {
    out.printf(
        "%d cores, load average at the start: %s%n%n",
        Runtime.getRuntime().availableProcessors(), load());
    if (plan.has(Part.TIMES)) {
      offices();
    }
    if (plan.drivesFarm()) {
      withOffices(1);
      if (plan.has(Part.TWO_OFFICES)) {
        withOffices(2); // on the data of the first, as most starts are
      }
    }
    if (plan.has(Part.CONVERSIONS)) {
      var conversions = new ConversionBench(folder, plan, out);
      conversions.withOffices(1);
      conversions.withOffices(2);
    }
    if (plan.has(Part.REUSE)) {
      reuse();
    }
    if (plan.has(Part.GATEWAY)) {
      gateway();
    }
  }

  private void offices() throws Exception {
    var times = OfficeTimes.measure(folder.resolve("times"));
    out.println("Jailed offices, ms                    p50       p95");
    row("start to connected", times.start());
    row("preparation after that", times.prepare());
    row("lease of a ready one", times.lease());
    row("recycle of a returned one", times.recycle());
    out.println();
  }

  private void row(String what, Percentiles times) {
    out.printf("  %-30s %9.2f %9.2f%n", what, times.ms(50), times.ms(95));
  }

  private void withOffices(int count) throws Exception {
    long begin = System.nanoTime();
    try (var farm =
        FarmProcess.start(plan.doos(), folder.resolve("farm"), "office.count=" + count)) {
      out.printf(
          "Farm with %d office(s): ready after %.1f s (%s start)%n",
          count, (System.nanoTime() - begin) / 1e9, count == 1 ? "first" : "second");
      var load = new FarmLoad(farm.client(), folder);
      try (var bare = new BareOffices(folder.resolve("bare"), count)) {
        compare(farm, load, bare);
      }
      if (count == 1 && plan.has(Part.LATENCIES)) {
        latencies(load);
      }
      out.printf("  JVM after all this: %s%n%n", ResidentMemory.of(farm.pid()));
    }
  }

  private void compare(FarmProcess farm, FarmLoad load, BareOffices bare) throws Exception {
    out.println("  jobs/s               bare      farm     ratio");
    for (var workload : workloads()) {
      bare.run(workload, plan.round());
      load.run(workload, plan.warmUp());
      var bareRun = new Rig.Run(0, Duration.ZERO);
      var farmRun = new Rig.Run(0, Duration.ZERO);
      var shares = new ArrayList<CpuUse>();
      for (int round = 0; round < ROUNDS; round++) {
        bareRun = bareRun.plus(bare.run(workload, plan.round()));
        var before = CpuUse.of(farm.pid());
        farmRun = farmRun.plus(load.run(workload, plan.round()));
        shares.add(CpuUse.of(farm.pid()).since(before));
      }
      out.printf(
          "  %-14s %10.1f %9.1f %9.2f%n",
          workload.name(),
          bareRun.perSecond(),
          farmRun.perSecond(),
          farmRun.perSecond() / bareRun.perSecond());
      cpu(out, shares, farmRun);
    }
  }

  private List<Workload> workloads() {
    var workloads = new ArrayList<Workload>();
    if (plan.has(Part.TRIVIAL)) {
      workloads.add(trivial);
    }
    if (plan.has(Part.WRITER)) {
      workloads.add(writer);
    }
    if (plan.has(Part.MERGE)) {
      workloads.add(merge);
    }
    return workloads;
  }

  /** Shows what each part of a farm used per job. */
  static void cpu(PrintStream out, List<CpuUse> uses, Rig.Run run) {
    long total = uses.stream().mapToLong(CpuUse::total).sum();
    for (var share : CpuShare.values()) {
      long ticks = uses.stream().mapToLong(use -> use.of(share)).sum();
      out.printf(
          "      %5.2f ms a job, %4.1f %%  %s%n",
          ticks * CpuUse.TICK_MS / run.jobs(), 100.0 * ticks / Math.max(1, total), share.shown());
    }
  }

  private void latencies(FarmLoad load) throws Exception {
    out.println("  one job at a time, connect to result, ms: p50       p95       p99");
    latencies(load, trivial, 150);
    latencies(load, writer, 50);
    latencies(load, merge, 25);
  }

  private void latencies(FarmLoad load, Workload workload, int jobs) throws Exception {
    var times = load.latencies(workload, jobs);
    out.printf(
        "  %-36s %9.1f %9.1f %9.1f%n", workload.name(), times.ms(50), times.ms(95), times.ms(99));
  }

  private void reuse() throws Exception {
    var times =
        ReuseLatency.measure(plan.doos(), Files.createDirectory(folder.resolve("reuse")), writer);
    out.printf("%s, one job now and then, connect to result, ms: p50       p95%n", writer.name());
    row("office.reuse=tenant", times.tenant());
    row("office.reuse=never", times.never());
    out.printf(
        "  never / tenant                 %9.2f %9.2f%n%n",
        times.never().ms(50) / times.tenant().ms(50), times.never().ms(95) / times.tenant().ms(95));
  }

  /** The worker serves another pool: what the gateway takes in stays where it is. */
  private void gateway() throws Exception {
    try (var farm =
        FarmProcess.start(
            plan.doos(), folder.resolve("farm"), "office.count=1", "worker.pool=somewhere-else")) {
      try (var store = farm.store()) {
        var processes = List.of(farm.pid(), OWN_PID);
        warmUp(new GatewayLoad(farm.port(), store, processes, plan.warmUp()));
        show(new GatewayLoad(farm.port(), store, processes, plan.round()));
      }
      gatewayByItself(farm);
      try (var idle = IdleConnections.open(farm.port(), IDLE_CONNECTIONS)) {
        farm.client().delete(new Ticket("1")); // it still answers
        out.printf(
            "  with %,d idle connections: %s%n", idle.count(), ResidentMemory.of(farm.pid()));
      }
    }
    out.printf("Load average at the end: %s%n", load());
  }

  /**
   * In a process of its own, and with a store whose disk, not whose processor, sets its rate: the
   * embedded one behind a relay that makes its puts wait for each other.
   */
  private void gatewayByItself(FarmProcess farm) throws Exception {
    try (var relay = new S3Relay(farm.storePort());
        var store = farm.store(relay.port());
        var gateway =
            GatewayProcess.start(
                plan.doos(), farm, relay.port(), folder.resolve("gateway-by-itself"))) {
      var processes = List.of(gateway.pid(), farm.pid(), OWN_PID);
      new GatewayLoad(gateway.port(), store, processes, plan.warmUp()).inline(trivial);
      relay.set(new SlowPuts(PUTS_PER_SECOND));
      var load = new GatewayLoad(gateway.port(), store, processes, plan.round());
      out.printf(
          "A gateway by itself, and a store that makes at most %d puts a second%n",
          PUTS_PER_SECOND);
      var rates = load.inline(trivial);
      show("input in the message", rates);
      cost("the gateway's process", rates, 0);
      cost("broker and store", rates, 1);
      cost("clients and relay", rates, 2);
    }
  }

  private void warmUp(GatewayLoad load) throws Exception {
    load.inline(trivial);
    load.bundled(withDocument, DOCUMENT_BYTES, folder);
  }

  private void show(GatewayLoad load) throws Exception {
    var alone = load.alone(trivial);
    out.println("Gateway, broker and store in one process");
    out.printf("  durable submit, ms: p50 %.1f, p95 %.1f%n", alone.ms(50), alone.ms(95));
    var inline = load.inline(trivial);
    show("input in the message", inline);
    parts(inline);
    var bundled = load.bundled(withDocument, DOCUMENT_BYTES, folder);
    show("a document of 100 KiB", bundled);
    parts(bundled);
    out.printf("  %.0f status polls/s%n", load.pollsPerSecond());
  }

  private void show(String what, GatewayLoad.Rates rates) {
    out.printf(
        "  %s: %.0f submits/s are %.2f of the %.0f puts/s of the store, of which each needs %d%n",
        what, rates.submits().perSecond(), rates.ratio(), rates.putsPerSecond(), rates.puts());
  }

  private void parts(GatewayLoad.Rates rates) {
    cpu(out, List.of(rates.costs().getFirst()), rates.submits());
    cost("clients", rates, 1);
  }

  private void cost(String whose, GatewayLoad.Rates rates, int process) {
    out.printf(
        "      %5.2f ms a job          %s%n",
        rates.costs().get(process).own() * CpuUse.TICK_MS / rates.submits().jobs(), whose);
  }

  private static String load() throws Exception {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }
}
