package io.doos.deploy.bench;

import io.doos.common.job.Ticket;
import io.doos.deploy.client.ClientFailure;
import io.doos.deploy.client.DoosClient;
import io.doos.deploy.client.Entrance;
import io.doos.deploy.client.JobView;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What many jobs of one tenant do to another tenant's waiting time, in a farm that runs already:
 * takes its port, the token of the busy tenant, that of the other one, and how many jobs the busy
 * one sends. Run it with and without {@code jobs=…} in the busy tenant's line.
 */
public final class TenantsMain {

  private static final int SENDERS = 8;
  private static final int PROBES = 5;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long POLL_MS = 20;
  private static final long AGAIN_MS = 100;

  private final Workload trivial;
  private final DoosClient busy;
  private final DoosClient other;
  private final AtomicInteger left;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /** Counted down when the busy tenant has all its jobs in, or as many as it may. */
  private final CountDownLatch pressing = new CountDownLatch(1);

  private TenantsMain(Workload trivial, DoosClient busy, DoosClient other, int jobs) {
    this.trivial = trivial;
    this.busy = busy;
    this.other = other;
    this.left = new AtomicInteger(jobs);
  }

  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    var trivial = Workload.trivial(Files.createTempDirectory("doos-tenants"));
    new TenantsMain(
            trivial,
            client(port, arguments[1]),
            client(port, arguments[2]),
            Integer.parseInt(arguments[3]))
        .run();
  }

  private static DoosClient client(int port, String token) {
    var entrance = new Entrance(Optional.of(token), Optional.empty());
    return new DoosClient(new DoosClient.Config("127.0.0.1", port, CONNECT, PATIENCE, entrance));
  }

  private void run() throws Exception {
    System.out.println("the other tenant alone: " + shown(waits()));
    var begin = System.nanoTime();
    var senders = new ArrayList<Thread>();
    for (var i = 0; i < SENDERS; i++) {
      senders.add(Thread.ofVirtual().start(this::send));
    }
    pressing.await();
    System.out.printf("beside %d jobs of the busy one: %s%n", taken.get(), shown(waits()));
    for (var sender : senders) {
      sender.join();
    }
    System.out.printf(
        "the busy one was taken %d jobs in %d s, and told %d times to try later%n",
        taken.get(), Duration.ofNanos(System.nanoTime() - begin).toSeconds(), refused.get());
  }

  private void send() {
    try {
      while (left.getAndDecrement() > 0) {
        sendOne();
      }
    } catch (InterruptedException | ClientFailure e) {
      System.err.println(e);
    } finally {
      pressing.countDown();
    }
  }

  private void sendOne() throws ClientFailure, InterruptedException {
    while (true) {
      try {
        busy.submit(trivial.submission());
        taken.incrementAndGet();
        return;
      } catch (ClientFailure.Unreachable e) {
        refused.incrementAndGet();
        pressing.countDown();
        Thread.sleep(AGAIN_MS);
      }
    }
  }

  private List<Long> waits() throws ClientFailure, InterruptedException {
    var waits = new ArrayList<Long>();
    for (var i = 0; i < PROBES; i++) {
      var begin = System.nanoTime();
      await(other.submit(trivial.submission()));
      waits.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }
    return waits;
  }

  private void await(Ticket ticket) throws ClientFailure, InterruptedException {
    while (other.status(ticket).word() != JobView.Word.DONE) {
      Thread.sleep(POLL_MS);
    }
  }

  private static String shown(List<Long> waits) {
    return "waits in ms: " + waits + ", longest " + Collections.max(waits);
  }
}
