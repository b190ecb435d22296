package io.doos.gateway;

import io.doos.common.config.TerminateFrom;
import io.doos.common.ledger.JobLedger;
import io.doos.gateway.doos.Commands;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A gateway in a JVM of its own over a {@link FolderStore}: prints its port, serves until its
 * standard input ends, then exits with 0 if all went well.
 */
public final class SmallGatewayMain {

  private SmallGatewayMain() {}

  /** Takes the store's folder and the spools' folder. */
  public static void main(String[] folders) throws Exception {
    var store = new FolderStore(Path.of(folders[0]));
    var clock = InstantSource.system();
    var ledger = new JobLedger(store, clock, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
    var publisher = new FakePublisher();
    var config =
        TestFarm.config(Path.of(folders[1]), new Commands.Config(TerminateFrom.NEVER, true));
    try (var gateway = new Gateway(config, store, ledger, publisher, publisher, clock, () -> {})) {
      gateway.start();
      System.out.println(gateway.doosPort());
      while (System.in.read() >= 0) {
        // only its end matters
      }
    }
  }
}
