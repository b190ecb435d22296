package io.doos.gateway.tcp;

import io.doos.common.life.Service;
import io.doos.common.life.SideBySide;
import io.doos.common.tls.Tls;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The door of one protocol with its entrances, plain and over TLS: none, one or both. They are
 * opened, closed and looked at as one thing, and share one grace.
 */
public final class TcpDoor implements Service {

  private final Optional<TcpServer> plain;
  private final Optional<TcpServer> secure;

  /**
   * A door that is not open yet.
   *
   * @param tls how TLS is spoken; without it, there is no such entrance
   * @param reception takes the clients of all entrances
   * @throws IOException when no socket can be had
   */
  public TcpDoor(Entrances entrances, Optional<Tls> tls, Reception reception) throws IOException {
    plain = server(entrances.plainly(), reception);
    secure = server(tls.flatMap(entrances::over), reception);
  }

  private static Optional<TcpServer> server(Optional<TcpServer.Config> config, Reception reception)
      throws IOException {
    return config.isEmpty()
        ? Optional.empty()
        : Optional.of(new TcpServer(config.get(), reception));
  }

  private Stream<TcpServer> servers() {
    return Stream.concat(plain.stream(), secure.stream());
  }

  @Override
  public void start() throws IOException {
    for (var server : servers().toList()) {
      try {
        server.start();
      } catch (IOException e) {
        close();
        throw e;
      }
    }
  }

  /** Whether one of its entrances has stopped taking clients: it was closed, or is broken. */
  public boolean hasEnded() {
    return servers().anyMatch(TcpServer::hasEnded);
  }

  /** The port where it speaks plainly, once started. */
  public int port() {
    return plain.orElseThrow().port();
  }

  /** The port where it speaks TLS, once started. */
  public int tlsPort() {
    return secure.orElseThrow().port();
  }

  @Override
  public void close() {
    SideBySide.run(servers().map(server -> (Runnable) server::close).toArray(Runnable[]::new));
  }

  @Override
  public void hurry() {
    servers().forEach(TcpServer::hurry);
  }
}
