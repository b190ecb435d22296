package io.doos.gateway;

import io.doos.common.http.Route;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.life.SideBySide;
import io.doos.common.tls.Tls;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Register;
import io.doos.gateway.cliser.CliserDoor;
import io.doos.gateway.doos.Commands;
import io.doos.gateway.doos.DoosDoor;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.tcp.TcpDoor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The doors of a gateway, as one thing. The HTTP door opens first and closes last: it tells how the
 * others are.
 */
public final class Doors implements Service {

  private final HttpDoors http;
  private final TcpDoor doos;
  private final TcpDoor cliser;
  private final Closer closer = new Closer();

  private Doors(HttpDoors http, TcpDoor doos, TcpDoor cliser) {
    this.http = http;
    this.doos = doos;
    this.cliser = cliser;
  }

  /**
   * Doors that are not open yet.
   *
   * @param register who is known now
   * @param rooms what is behind all of them
   * @param routes what the HTTP door answers
   * @param terminate called when a client tells the process to stop and may
   * @throws IOException when the files for TLS are wrong, or no socket can be had
   */
  static Doors of(
      GatewayConfig config,
      Supplier<Register> register,
      HttpDoor.Rooms rooms,
      List<Route> routes,
      Runnable terminate)
      throws IOException {
    var guards = config.guards();
    var tls = tls(guards);
    var commands =
        new Commands(
            config.doos().commands(),
            new Access(guards.tcp(), register),
            rooms.intake(),
            rooms.results(),
            rooms.space());
    var doos = new DoosDoor(config.doos().limits(), rooms.space(), commands, terminate);
    var cliser =
        new CliserDoor(
            config.cliser(),
            rooms.space(),
            new Access(guards.cliser(), register),
            rooms.intake(),
            rooms.results());
    return new Doors(
        new HttpDoors(config.http(), tls, routes),
        new TcpDoor(config.doos().entrances(), tls, doos),
        new TcpDoor(config.cliser().entrances(), tls, cliser));
  }

  private static Optional<Tls> tls(Guards guards) throws IOException {
    return guards.tls().isEmpty() ? Optional.empty() : Optional.of(Tls.of(guards.tls().get()));
  }

  /** Of jobs, health and pages. */
  public HttpDoors http() {
    return http;
  }

  /** Of the doos protocol. */
  public TcpDoor doos() {
    return doos;
  }

  /** Of the CLISER protocol; it may have no entrance. */
  public TcpDoor cliser() {
    return cliser;
  }

  @Override
  public void start() throws Exception {
    closer.start(http);
    closer.start(doos);
    closer.start(cliser);
  }

  /** Closes all but the HTTP door; requests under way may finish, within one grace. */
  void drain() {
    SideBySide.run(doos::close, cliser::close);
  }

  @Override
  public void hurry() {
    doos.hurry();
    cliser.hurry();
  }

  @Override
  public void close() {
    drain();
    closer.close();
  }
}
