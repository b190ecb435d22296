package io.doos.gateway;

import io.doos.common.ledger.JobLedger;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.queue.Control;
import io.doos.common.queue.JobPublisher;
import io.doos.common.store.ObjectStore;
import io.doos.gateway.doos.Commands;
import io.doos.gateway.doos.DoosServer;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.results.Results;
import io.doos.gateway.spool.SpoolSpace;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A gateway: the doors, and one intake behind them. Any number of gateways may serve one farm; none
 * knows anything that the store does not.
 */
public final class Gateway implements Service {

  /**
   * What each part of it needs.
   *
   * @param spool where requests and results wait
   * @param intake what is taken
   * @param commands what the doos door does
   * @param doos where the doos door is
   */
  public record Config(
      SpoolSpace.Config spool,
      Intake.Config intake,
      Commands.Config commands,
      DoosServer.Config doos) {}

  /**
   * The farm behind it; all of this stays the caller's to close, after the gateway.
   *
   * @param control hears of deleted jobs
   */
  public record Farm(
      ObjectStore store,
      JobLedger ledger,
      JobPublisher publisher,
      Control control,
      InstantSource clock) {}

  private final Config config;
  private final Farm farm;
  private final Runnable terminate;
  private final Closer closer = new Closer();
  private @Nullable DoosServer doos;

  /**
   * A gateway that is not open yet.
   *
   * @param terminate called when a client tells the process to stop and may; on a thread of its own
   */
  public Gateway(Config config, Farm farm, Runnable terminate) {
    this.config = config;
    this.farm = farm;
    this.terminate = terminate;
  }

  @Override
  public void start() throws Exception {
    try {
      var space = closer.add(SpoolSpace.open(config.spool()));
      var intake =
          new Intake(
              config.intake(), farm.store(), farm.ledger(), farm.publisher(), space, farm.clock());
      var results = new Results(farm.ledger(), farm.store(), farm.control());
      var commands = new Commands(config.commands(), intake, results, space);
      doos = closer.start(new DoosServer(config.doos(), space, commands, terminate));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** The port of the doos door, once started. */
  public int doosPort() {
    if (doos == null) {
      throw new IllegalStateException("the gateway was not started");
    }
    return doos.port();
  }

  @Override
  public void close() {
    closer.close();
  }
}
