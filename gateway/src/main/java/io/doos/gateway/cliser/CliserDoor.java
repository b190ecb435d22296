package io.doos.gateway.cliser;

import io.doos.common.job.Pool;
import io.doos.gateway.access.Access;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.results.Results;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Connection;
import io.doos.gateway.tcp.Entrances;
import io.doos.gateway.tcp.Reception;
import io.doos.gateway.tcp.Visit;
import java.net.InetAddress;

/** Receives the clients of the CLISER protocol: a {@link CliserSession} for each. */
public final class CliserDoor implements Reception {

  /**
   * What the operator decides.
   *
   * @param entrances where it is, if it is open
   * @param limits what a session may be
   * @param pool whose workers format
   */
  public record Config(Entrances entrances, CliserLimits limits, Pool pool) {}

  private final CliserLimits limits;
  private final SpoolSpace space;
  private final Access access;
  private final Desk desk;

  public CliserDoor(
      Config config, SpoolSpace space, Access access, Intake intake, Results results) {
    this(config.limits(), space, access, new FarmDesk(intake, results, config.pool()));
  }

  CliserDoor(CliserLimits limits, SpoolSpace space, Access access, Desk desk) {
    this.limits = limits;
    this.space = space;
    this.access = access;
    this.desk = desk;
  }

  @Override
  public boolean allows(InetAddress address) {
    return access.allows(address);
  }

  @Override
  public Visit visit(Connection connection) {
    return new CliserSession(limits, connection, space, access, desk);
  }
}
