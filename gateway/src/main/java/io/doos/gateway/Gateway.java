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

  private final Config config;
  private final ObjectStore store;
  private final JobLedger ledger;
  private final JobPublisher publisher;
  private final Control control;
  private final InstantSource clock;
  private final Runnable terminate;
  private final Closer closer = new Closer();
  private @Nullable DoosServer doos;

  /**
   * A gateway that is not open yet. Store and broker stay the caller's to close, after it.
   *
   * @param terminate called when a client tells the process to stop and may; on a thread of its own
   */
  public Gateway(
      Config config,
      ObjectStore store,
      JobLedger ledger,
      JobPublisher publisher,
      Control control,
      InstantSource clock,
      Runnable terminate) {
    this.config = config;
    this.store = store;
    this.ledger = ledger;
    this.publisher = publisher;
    this.control = control;
    this.clock = clock;
    this.terminate = terminate;
  }

  @Override
  public void start() throws Exception {
    try {
      var space = closer.add(SpoolSpace.open(config.spool()));
      var intake = new Intake(config.intake(), store, ledger, publisher, space, clock);
      var results = new Results(ledger, store, control);
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
