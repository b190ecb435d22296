package io.doos.deploy.standalone;

import io.doos.common.config.BadSettingsException;
import io.doos.common.config.FarmSetting;
import io.doos.common.config.Settings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.janitor.Janitor;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.life.SideBySide;
import io.doos.common.metrics.Metrics;
import io.doos.common.trace.Traces;
import io.doos.gateway.Doors;
import io.doos.gateway.Farm;
import io.doos.gateway.Gateway;
import io.doos.gateway.GatewaySettings;
import io.doos.gateway.Sight;
import io.doos.worker.Worker;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The whole farm in one process: an embedded broker and store, and a gateway and a worker that
 * reach them over the same AMQP and S3 wires as they would any others.
 */
public final class Standalone implements Service {

  private final Settings settings;
  private final InstantSource clock;
  private final Runnable terminate;
  private final Closer closer = new Closer();
  private volatile @Nullable Gateway gateway;
  private volatile @Nullable Worker worker;

  /**
   * A farm that has not started.
   *
   * @param terminate called when a client tells the farm to stop and may
   */
  public Standalone(Settings settings, InstantSource clock, Runnable terminate) {
    this.settings = settings;
    this.clock = clock;
    this.terminate = terminate;
  }

  /** Starts everything; the door opens last, when there is an office to work. */
  @Override
  public void start() throws Exception {
    try {
      var linked = withEmbeddedParts();
      var links = closer.start(new FarmLinks(linked, clock));
      var metrics = new Metrics();
      var traces = closer.add(Traces.of(linked, "doos-standalone", clock));
      var working = closer.start(new Worker(linked, Worker.Farm.of(links), metrics, traces, clock));
      worker = working;
      var farm =
          new Farm(
              links.store(),
              links.ledger(),
              links.broker().jobs(),
              links.broker().control(),
              links.broker().events(),
              clock);
      var around = working.checks().and(links.checks());
      var sight = new Sight(links.broker(), metrics, traces, GatewaySettings.secret(linked));
      gateway =
          closer.start(
              new Gateway(GatewaySettings.of(linked), farm, around, Optional.of(sight), terminate));
      closer.start(
          new Janitor(
              GatewaySettings.janitor(linked),
              links.store(),
              links.ledger().upkeep(),
              links.broker(),
              clock));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** The port of the doos door, once started. */
  public int doosPort() {
    return doors().doos().port();
  }

  /** The port of the HTTP door, once started. */
  public int httpPort() {
    return doors().http().port();
  }

  private Doors doors() {
    var started = gateway;
    if (started == null) {
      throw new IllegalStateException("the farm was not started");
    }
    return started.doors();
  }

  @Override
  public void hurry() {
    var doors = gateway;
    var working = worker;
    if (doors != null) {
      doors.hurry();
    }
    if (working != null) {
      working.hurry();
    }
  }

  /**
   * Doors and worker stop within one grace. The HTTP door goes on telling of jobs and health until
   * the worker has finished its own.
   */
  @Override
  public void close() {
    var doors = gateway;
    var working = worker;
    SideBySide.run(
        () -> {
          if (doors != null) {
            doors.drain();
          }
        },
        () -> {
          if (working != null) {
            working.close();
          }
        });
    closer.close();
  }

  /** Broker and store start side by side: each takes about a second, mostly waiting. */
  private Settings withEmbeddedParts() throws Exception {
    var data = settings.get(FarmSetting.DATA_DIR).toAbsolutePath();
    var store =
        closer.add(
            new EmbeddedStore(
                new EmbeddedStore.Config(
                    settings.get(FarmSetting.EMBEDDED_STORE_PORT),
                    data.resolve("store"),
                    settings.get(FarmSetting.STORE_BUCKET))));
    var broker =
        closer.add(
            new EmbeddedBroker(
                new EmbeddedBroker.Config(
                    settings.get(FarmSetting.EMBEDDED_BROKER_PORT), data.resolve("broker"))));
    var starting = CompletableFuture.runAsync(() -> startUnchecked(store));
    broker.start();
    try {
      starting.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    return linkedTo(store, broker);
  }

  private Settings linkedTo(EmbeddedStore store, EmbeddedBroker broker)
      throws BadSettingsException {
    var access = store.access();
    return settings.with(
        Map.of(
            FarmSetting.BROKER_URL, broker.url(),
            FarmSetting.STORE_URL, access.url().toString(),
            FarmSetting.STORE_ACCESS_KEY, access.accessKey(),
            FarmSetting.STORE_SECRET_KEY, access.secretKey()));
  }

  private static void startUnchecked(Service service) {
    try {
      service.start();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
