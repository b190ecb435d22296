package io.doos.gateway.http;

import io.doos.common.http.Route;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.Results;
import io.doos.gateway.spool.SpoolSpace;
import java.util.ArrayList;
import java.util.List;

/** All that can be asked of a gateway over HTTP, but for its health. */
public final class HttpDoor {

  /**
   * What the operator decides.
   *
   * @param secret shared by all gateways of a farm and known to nobody else
   */
  public record Config(DoorLimits limits, String secret) {}

  /** What is behind the door. */
  public record Rooms(Intake intake, Results results, Following following, SpoolSpace space) {}

  private HttpDoor() {}

  /** Its routes. */
  public static List<Route> routes(Config config, Rooms rooms, Guard guard) {
    var limits = config.limits();
    var submitting = new Submitting(rooms.intake());
    var outputs = new Outputs(rooms.results(), rooms.space());
    var jobs = new JobRoutes(rooms.results(), rooms.following(), limits);
    var conversions =
        new Conversions(submitting, rooms.following(), rooms.results(), outputs, limits);
    var secret = Sender.secret(config.secret());
    var routes = new ArrayList<Route>();
    routes.addAll(new SubmitRoute(submitting, jobs, rooms.space(), limits, secret).routes(guard));
    routes.addAll(jobs.routes(guard));
    routes.addAll(OutputRoutes.of(jobs, outputs, guard));
    routes.addAll(EventRoute.of(rooms.following(), guard));
    routes.addAll(new GotenbergRoute(conversions, rooms.space(), limits).routes(guard));
    routes.addAll(new CollaboraRoutes(conversions, rooms.space(), limits).routes(guard));
    OpenApi.routes().forEach(route -> routes.add(guard.open(route)));
    return routes;
  }
}
