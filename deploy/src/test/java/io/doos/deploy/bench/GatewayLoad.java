package io.doos.deploy.bench;

import io.doos.common.job.Ticket;
import io.doos.common.store.ObjectStore;
import io.doos.deploy.client.DoosClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** What a gateway does in a second when nobody works on the jobs, asked by several clients. */
final class GatewayLoad {

  private static final int CLIENTS = 8;
  private static final int ALONE = 200;
  private static final int RECORD_BYTES = 1024;

  private final DoosClient client;
  private final ObjectStore store;
  private final long pid;
  private final Duration time;
  private final List<Ticket> tickets = new CopyOnWriteArrayList<>();

  /**
   * Submissions beside the store's own rate.
   *
   * @param submits of so many a second
   * @param puts how many a submission needs
   * @param putsPerSecond how many of just these the store makes, asked by as many at once and with
   *     nobody between
   * @param cpu what the submissions cost the farm
   */
  record Rates(Rig.Run submits, int puts, double putsPerSecond, CpuUse cpu) {

    /** What part of the submissions that the store alone would let through. */
    double ratio() {
      return submits.perSecond() / (putsPerSecond / puts);
    }
  }

  /**
   * @param store the farm's, past the gateway
   * @param pid the farm's process
   * @param time how long each thing is done
   */
  GatewayLoad(DoosClient client, ObjectStore store, long pid, Duration time) {
    this.client = client;
    this.store = store;
    this.pid = pid;
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

  private Rates rates(Workload workload, int puts, Callable<?> alone) throws Exception {
    var before = CpuUse.of(pid);
    var submits = Crew.run(CLIENTS, time, () -> tickets.add(client.submit(workload.submission())));
    var cpu = CpuUse.of(pid).since(before);
    return new Rates(submits, puts, puts * Crew.run(CLIENTS, time, alone).perSecond(), cpu);
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
