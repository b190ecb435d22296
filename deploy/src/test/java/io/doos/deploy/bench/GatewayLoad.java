package io.doos.deploy.bench;

import io.doos.common.job.Ticket;
import io.doos.common.store.ObjectStore;
import io.doos.deploy.client.DoosClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a gateway does in a second when nobody works on the jobs.
 *
 * @param submit one after the other, from connecting to having the durable ticket
 * @param submitsPerSecond of trivial jobs by several clients at once
 * @param pollsPerSecond of the statuses of queued jobs
 * @param createsPerSecond that the store makes of records like theirs, asked by as many at once and
 *     with nobody between; a submission needs one
 */
record GatewayLoad(
    Percentiles submit, double submitsPerSecond, double pollsPerSecond, double createsPerSecond) {

  private static final int CLIENTS = 8;
  private static final int ALONE = 200;
  private static final int RECORD_BYTES = 1024;

  static GatewayLoad measure(DoosClient client, ObjectStore store, Workload trivial, Duration time)
      throws Exception {
    var submit = new long[ALONE];
    for (int job = 0; job < ALONE; job++) {
      long begin = System.nanoTime();
      client.submit(trivial.submission());
      submit[job] = System.nanoTime() - begin;
    }
    List<Ticket> tickets = new CopyOnWriteArrayList<>();
    var submits = Crew.run(CLIENTS, time, () -> tickets.add(client.submit(trivial.submission())));
    var polls =
        Crew.run(
            CLIENTS,
            time,
            () -> client.status(tickets.get(ThreadLocalRandom.current().nextInt(tickets.size()))));
    var record = new byte[RECORD_BYTES];
    var creates =
        Crew.run(CLIENTS, time, () -> store.create("bench/" + UUID.randomUUID() + "/job", record));
    return new GatewayLoad(
        new Percentiles(submit), submits.perSecond(), polls.perSecond(), creates.perSecond());
  }
}
