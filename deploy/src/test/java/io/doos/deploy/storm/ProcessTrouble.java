package io.doos.deploy.storm;

import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.fault.Farm;
import io.doos.deploy.fault.Member;
import java.util.random.RandomGenerator;

/** Kills, freezes, stops and restarts the processes of a farm, broker and store too. */
final class ProcessTrouble {

  private final Farm farm;
  private final PrivateRabbit rabbit;
  private final StormLog log;
  private final Pauses pauses;
  private final RandomGenerator random;

  ProcessTrouble(
      Farm farm, PrivateRabbit rabbit, StormLog log, Pauses pauses, RandomGenerator random) {
    this.farm = farm;
    this.rabbit = rabbit;
    this.log = log;
    this.pauses = pauses;
    this.random = random;
  }

  /** Goes on until the storm is over, and leaves every process running then. */
  void run() throws Exception {
    while (pauses.between(random, 300, 3000)) {
      var members = farm.doors();
      var member = members.get(random.nextInt(members.size()));
      switch (random.nextInt(30)) {
        case 0 -> killBroker();
        case 1 -> killAll();
        case 2, 3 -> kill(farm.store(), 2500);
        case 4, 5 -> freeze(farm.store(), 4000);
        case 6 -> freeze(member, 25_000);
        case 7, 8, 9, 10, 11 -> freeze(member, 6000);
        case 12, 13, 14, 15, 16, 17 -> stop(member);
        default -> kill(member, 1500);
      }
    }
  }

  private void kill(Member member, int downMs) throws Exception {
    log.did("kill", member);
    member.kill();
    pauses.between(random, 0, downMs);
    member.launch();
  }

  private void killAll() throws Exception {
    for (var member : farm.doors()) {
      log.did("kill", member);
      member.kill();
    }
    for (var member : farm.doors()) {
      member.launch();
    }
  }

  private void freeze(Member member, int longestMs) throws Exception {
    log.did("freeze", member);
    member.freeze();
    pauses.between(random, longestMs / 4, longestMs);
    member.thaw();
  }

  private void stop(Member member) throws Exception {
    log.did("stop", member);
    if (!member.stop()) {
      throw new IllegalStateException(member + " did not stop within a minute of SIGTERM");
    }
    pauses.between(random, 0, 1000);
    member.launch();
  }

  private void killBroker() throws Exception {
    synchronized (rabbit) { // one hand at a time
      log.did("kill", "broker");
      rabbit.kill();
      pauses.between(random, 0, 2000);
      rabbit.start();
    }
  }
}
