package io.doos.deploy.bench;

import io.doos.common.job.Ticket;
import io.doos.common.store.ObjectStore;
import io.doos.deploy.client.DoosClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** What a gateway does in a second when nobody works on the jobs, asked by several clients. */
final class GatewayLoad {

  private static final int CLIENTS = 8;
  private static final int ALONE = 200;
  private static final int RECORD_BYTES = 1024;

  /** Submissions and puts take turns, so that what else the machine does hits both alike. */
  private static final int TURNS = 5;

  private final int port;
  private final DoosClient client;
  private final ObjectStore store;
  private final List<Long> processes;
  private final Duration time;
  private final List<Ticket> tickets = new CopyOnWriteArrayList<>();

  /**
   * Submissions beside the store's own rate.
   *
   * @param submits of so many a second
   * @param puts how many a submission needs
   * @param alone as often as that the store makes just these, asked by as many at once and with
   *     nobody between
   * @param costs what the submissions cost each process
   */
  record Rates(Rig.Run submits, int puts, Rig.Run alone, List<CpuUse> costs) {

    double putsPerSecond() {
      return puts * alone.perSecond();
    }

    /** What part of the submissions that the store alone would let through. */
    double ratio() {
      return submits.perSecond() / alone.perSecond();
    }
  }

  /**
   * @param port of the gateway's doos door
   * @param store the farm's, past the gateway
   * @param processes whose CPU time is of interest
   * @param time how long each thing is done
   */
  GatewayLoad(int port, ObjectStore store, List<Long> processes, Duration time) {
    this.port = port;
    this.client =
        new DoosClient(
            new DoosClient.Config(
                "127.0.0.1", port, Duration.ofSeconds(5), Duration.ofSeconds(60)));
    this.store = store;
    this.processes = processes;
    this.time = time;
  }

  /** One after the other, from connecting to having the durable ticket. */
  Percentiles alone(Workload workload) throws Exception {
    var submit = new long[ALONE];
    for (int job = 0; job < ALONE; job++) {
      long begin = System.nanoTime();
      client.submit(workload.submission());
      submit[job] = System.nanoTime() - begin;
    }
    return new Percentiles(submit);
  }

  /** Jobs whose input travels in the message: a submission makes their record. */
  Rates inline(Workload workload) throws Exception {
    return rates(workload, 1, this::create);
  }

  /** Jobs with a document of {@code bytes}: a submission puts a bundle, and makes their record. */
  Rates bundled(Workload workload, int bytes, Path folder) throws Exception {
    var bundle = Files.write(folder.resolve("bundle"), new byte[bytes]);
    return rates(
        workload,
        2,
        () -> {
          store.put("bench/" + UUID.randomUUID() + ".zip", bundle);
          return create();
        });
  }

  private Rates rates(Workload workload, int puts, Callable<?> put) throws Exception {
    var frame = ReadyFrame.of(workload);
    var turn = time.dividedBy(TURNS);
    var submits = new Rig.Run(0, Duration.ZERO);
    var alone = submits;
    var costs = Collections.nCopies(processes.size(), CpuUse.NONE);
    for (int i = 0; i < TURNS; i++) {
      var before = used();
      submits = submits.plus(Crew.run(CLIENTS, turn, () -> tickets.add(frame.submit(port))));
      costs = sum(costs, before, used());
      alone = alone.plus(Crew.run(CLIENTS, turn, put));
    }
    return new Rates(submits, puts, alone, costs);
  }

  private List<CpuUse> used() throws IOException {
    var used = new ArrayList<CpuUse>();
    for (var process : processes) {
      used.add(CpuUse.of(process));
    }
    return used;
  }

  private static List<CpuUse> sum(List<CpuUse> costs, List<CpuUse> before, List<CpuUse> after) {
    return IntStream.range(0, costs.size())
        .mapToObj(at -> costs.get(at).plus(after.get(at).since(before.get(at))))
        .toList();
  }

  private boolean create() throws Exception {
    return store.create("bench/" + UUID.randomUUID() + "/job", new byte[RECORD_BYTES]);
  }

  /** How often a second the statuses of queued jobs are told. */
  double pollsPerSecond() throws Exception {
    var polls =
        Crew.run(
            CLIENTS,
            time,
            () -> client.status(tickets.get(ThreadLocalRandom.current().nextInt(tickets.size()))));
    return polls.perSecond();
  }
}
