package io.doos.worker;

import io.doos.common.config.DoorSetting;
import io.doos.common.config.ProcessSetting;
import io.doos.common.config.Settings;
import io.doos.common.health.HealthChecks;
import io.doos.common.http.HealthRoutes;
import io.doos.common.http.HttpServer;
import io.doos.common.http.MetricsRoute;
import io.doos.common.http.Route;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.metrics.Metrics;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a worker answers over HTTP: how it is, and what it measured. Open only where a port is set.
 */
public final class HealthDoor implements Service {

  private static final int CONNECTIONS = 100;
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

  private final Optional<HttpServer> server;
  private final Closer closer = new Closer();

  /** A door that is not open yet. */
  public HealthDoor(Settings settings, HealthChecks checks, Metrics metrics) {
    server =
        settings
            .get(ProcessSetting.WORKER_HTTP_PORT)
            .map(port ->
                new HttpServer(
                    new HttpServer.Config(
                        "health door",
                        new InetSocketAddress(settings.get(DoorSetting.BIND_ADDRESS), port),
                        "bind.address, worker.http-port",
                        CONNECTIONS,
                        IDLE_TIMEOUT),
                    routes(checks, metrics)));
  }

  private static List<Route> routes(HealthChecks checks, Metrics metrics) {
    var routes = new ArrayList<>(HealthRoutes.of(checks));
    routes.add(MetricsRoute.of(metrics));
    return routes;
  }

  @Override
  public void start() throws Exception {
    if (server.isPresent()) {
      closer.start(server.get());
    }
  }

  @Override
  public void close() {
    closer.close();
  }
}
