package io.doos.gateway;

import io.doos.common.http.HttpServer;
import io.doos.common.http.Route;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.tls.Tls;
import java.util.List;
import java.util.Optional;

/** The HTTP door with its entrances: plain and, where there is one, over TLS. */
public final class HttpDoors implements Service {

  private final HttpServer plain;
  private final Optional<HttpServer> secure;
  private final Closer closer = new Closer();

  HttpDoors(GatewayConfig.Http config, Optional<Tls> tls, List<Route> routes) {
    plain = new HttpServer(config.plain(), routes);
    secure = tls.flatMap(how -> overTls(config, how)).map(door -> new HttpServer(door, routes));
  }

  private static Optional<HttpServer.Config> overTls(GatewayConfig.Http config, Tls how) {
    return config
        .tls()
        .map(place -> config.plain().overTls(place.address(), place.settings(), how));
  }

  @Override
  public void start() throws Exception {
    closer.start(plain);
    if (secure.isPresent()) {
      closer.start(secure.get());
    }
  }

  /** The port where it speaks plainly, once started. */
  public int port() {
    return plain.port();
  }

  /** The port where it speaks TLS, once started. */
  public int tlsPort() {
    return secure.orElseThrow().port();
  }

  @Override
  public void close() {
    closer.close();
  }
}
