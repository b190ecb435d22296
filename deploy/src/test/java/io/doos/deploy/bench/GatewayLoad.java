package io.doos.deploy.bench;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.DoosClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a gateway does in a second when nobody works on the jobs.
 *
 * @param submitsPerSecond of trivial jobs, each with its durable ticket
 * @param pollsPerSecond of the statuses of queued jobs
 */
record GatewayLoad(double submitsPerSecond, double pollsPerSecond) {

  private static final int CLIENTS = 8;

  static GatewayLoad measure(DoosClient client, Workload trivial, Duration time) throws Exception {
    List<Ticket> tickets = new CopyOnWriteArrayList<>();
    var submits = Crew.run(CLIENTS, time, () -> tickets.add(client.submit(trivial.submission())));
    var polls =
        Crew.run(
            CLIENTS,
            time,
            () -> client.status(tickets.get(ThreadLocalRandom.current().nextInt(tickets.size()))));
    return new GatewayLoad(submits.perSecond(), polls.perSecond());
  }
}
