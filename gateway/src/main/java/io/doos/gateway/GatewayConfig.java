package io.doos.gateway;

import io.doos.common.http.HttpServer;
import io.doos.gateway.cliser.CliserDoor;
import io.doos.gateway.doos.DoosDoor;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Entrances;
import io.doos.gateway.webhook.Webhooks;
import java.util.Optional;

/**
 * What each part of a gateway needs.
 *
 * @param spool where requests and results wait
 * @param intake what is taken
 * @param doos where the doos door is, and what it does
 * @param cliser where the CLISER door is, and what it does
 * @param http where the HTTP door is, and what it lets clients do
 * @param webhooks how ends of jobs are told, if they are
 * @param guards who may use the doors
 */
public record GatewayConfig(
    SpoolSpace.Config spool,
    Intake.Config intake,
    DoosDoor.Config doos,
    CliserDoor.Config cliser,
    Http http,
    Optional<Webhooks.Config> webhooks,
    Guards guards) {

  /**
   * The HTTP door.
   *
   * @param plain where it speaks plainly
   * @param tls where it speaks TLS, if it does
   * @param door what it lets clients do
   */
  public record Http(
      HttpServer.Config plain, Optional<Entrances.Place> tls, HttpDoor.Config door) {}
}
