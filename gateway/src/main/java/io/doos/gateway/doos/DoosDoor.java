package io.doos.gateway.doos;

import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Connection;
import io.doos.gateway.tcp.Entrances;
import io.doos.gateway.tcp.Reception;
import io.doos.gateway.tcp.Visit;
import java.net.InetAddress;

/** Receives the clients of the doos protocol: a {@link Session} for each. */
public final class DoosDoor implements Reception {

  /**
   * What the operator decides.
   *
   * @param entrances where it is
   * @param limits what one request may be
   * @param commands what a request may do
   */
  public record Config(Entrances entrances, Limits limits, Commands.Config commands) {}

  private final Limits limits;
  private final SpoolSpace space;
  private final RequestHandler handler;
  private final Runnable terminate;

  /**
   * @param commands decide what a request gets for an answer
   * @param terminate called once for each permitted {@code terminate}, on a thread of its own,
   *     after the reply is out
   */
  public DoosDoor(Limits limits, SpoolSpace space, Commands commands, Runnable terminate) {
    this(limits, space, (RequestHandler) commands, terminate);
  }

  DoosDoor(Limits limits, SpoolSpace space, RequestHandler handler, Runnable terminate) {
    this.limits = limits;
    this.space = space;
    this.handler = handler;
    this.terminate = terminate;
  }

  @Override
  public boolean allows(InetAddress address) {
    return handler.allows(address);
  }

  @Override
  public Visit visit(Connection connection) {
    return new Session(limits, connection, space, handler, terminate);
  }
}
