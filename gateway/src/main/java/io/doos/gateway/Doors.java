package io.doos.gateway;

import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.life.SideBySide;
import io.doos.gateway.tcp.TcpDoor;

/**
 * The doors of a gateway, as one thing. The HTTP door opens first and closes last: it tells how the
 * others are.
 */
public final class Doors implements Service {

  private final HttpDoors http;
  private final TcpDoor doos;
  private final TcpDoor cliser;
  private final Closer closer = new Closer();

  Doors(HttpDoors http, TcpDoor doos, TcpDoor cliser) {
    this.http = http;
    this.doos = doos;
    this.cliser = cliser;
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
