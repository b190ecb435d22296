package io.doos.gateway;

import io.doos.common.config.Settings;
import io.doos.common.config.UnoSettings;
import io.doos.common.farm.FarmLinks;
import io.doos.common.janitor.Janitor;
import io.doos.common.life.Lifetime;
import io.doos.common.life.Service;
import io.doos.common.metrics.Metrics;
import io.doos.common.trace.Traces;
import io.doos.gateway.uno.FarmDoor;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway as a process of its own. */
public final class GatewayMain {

  private static final Logger log = LoggerFactory.getLogger(GatewayMain.class);

  private GatewayMain() {}

  /**
   * Serves until the process is told to stop: by SIGTERM, SIGINT, or a client's {@code terminate}.
   *
   * @return the process's exit code
   * @throws Exception when it cannot start
   */
  public static int run(Settings settings) throws Exception {
    var lifetime = new Lifetime();
    var clock = InstantSource.system();
    var links = new FarmLinks(settings, clock);
    var broker = links.broker();
    var farm =
        new Farm(
            links.store(), links.ledger(), broker.jobs(), broker.control(), broker.events(), clock);
    var metrics = new Metrics();
    var traces = Traces.of(settings, "doos-gateway", clock);
    var sight = new Sight(broker, metrics, traces, GatewaySettings.secret(settings));
    var uno = new FarmDoor(UnoSettings.door(settings), broker.workers(), metrics, clock);
    var around = links.checks().and(uno.checks());
    var gateway =
        new Gateway(GatewaySettings.of(settings), farm, around, Optional.of(sight), lifetime::stop);
    var janitor =
        new Janitor(
            GatewaySettings.janitor(settings),
            links.store(),
            links.ledger().upkeep(),
            broker,
            clock);
    try (traces) {
      return lifetime.run(
          Service.inOrder(links, gateway, uno, janitor), () -> log.info("The gateway is ready"));
    }
  }
}
