package io.doos.deploy.storm;

import io.doos.deploy.fault.Farm;
import io.doos.deploy.fault.LinkFault;
import io.doos.deploy.fault.StoreFault;
import io.doos.deploy.fault.TcpRelay;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Disturbs the links of a farm, and has its store misbehave. */
final class LinkTrouble {

  private final Farm farm;
  private final StormLog log;
  private final Pauses pauses;
  private final RandomGenerator random;

  LinkTrouble(Farm farm, StormLog log, Pauses pauses, RandomGenerator random) {
    this.farm = farm;
    this.log = log;
    this.pauses = pauses;
    this.random = random;
  }

  /** Goes on until the storm is over, and leaves every link whole then. */
  void run() throws Exception {
    while (pauses.between(random, 500, 4000)) {
      var members = farm.doors();
      var member = members.get(random.nextInt(members.size()));
      var links = farm.links(member);
      switch (random.nextInt(4)) {
        case 0 -> moody();
        case 1 -> disturb(links.store(), "the store's link of " + member);
        default -> disturb(links.amqp(), "the broker's link of " + member);
      }
    }
  }

  private void disturb(TcpRelay link, String name) throws InterruptedException {
    var fault = fault();
    log.did("disturb", name + ": " + fault);
    link.set(fault);
    pauses.between(random, 500, 5000);
    link.set(LinkFault.NONE);
    if (random.nextInt(3) == 0) {
      link.cut();
    }
  }

  private LinkFault fault() {
    return switch (random.nextInt(5)) {
      case 0 -> new LinkFault.Delay(Duration.ofMillis(random.nextInt(1, 150)));
      case 1 -> new LinkFault.Freeze();
      case 2 -> new LinkFault.HalfOpen();
      case 3 -> new LinkFault.CutAfter(random.nextInt(8000));
      default -> new LinkFault.Refuse();
    };
  }

  private void moody() throws InterruptedException {
    log.did("moody", "store");
    var seed = random.nextLong();
    farm.s3().set(request -> mood(seed, request));
    pauses.between(random, 500, 4000);
    farm.s3().set(_ -> StoreFault.NONE);
  }

  /** One request in four goes wrong, and goes right when tried often enough. */
  private static StoreFault mood(long seed, String request) {
    var dice = new SplittableRandom(seed ^ request.hashCode() ^ System.nanoTime()).nextInt(100);
    if (dice >= 25) {
      return StoreFault.NONE;
    }
    return dice < 9
        ? StoreFault.BUSY
        : dice < 17
            ? StoreFault.BUSY_AFTER_COMMIT
            : dice < 24 ? StoreFault.TRUNCATE : StoreFault.STALL;
  }
}
