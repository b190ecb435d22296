package io.doos.gateway;

import io.doos.common.health.HealthChecks;
import io.doos.common.http.HealthRoutes;
import io.doos.common.http.MetricsRoute;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.gateway.access.Role;
import io.doos.gateway.http.Guard;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.page.JobDesk;
import io.doos.gateway.page.PageRoutes;
import io.doos.gateway.watch.FarmWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the HTTP door answers: health and jobs, and where the farm is shown, pages and metrics.
 */
final class HttpRoutes {

  private final Guard guard;
  private final List<Route> routes = new ArrayList<>();

  HttpRoutes(Guard guard) {
    this.guard = guard;
  }

  HttpRoutes health(HealthChecks checks) {
    HealthRoutes.of(checks).forEach(route -> routes.add(guard.open(route)));
    return this;
  }

  HttpRoutes jobs(HttpDoor.Config config, HttpDoor.Rooms rooms) {
    routes.addAll(HttpDoor.routes(config, rooms, guard));
    return this;
  }

  HttpRoutes pages(Sight sight, FarmWatch watch, JobDesk desk) {
    routes.addAll(PageRoutes.of(watch, desk, sight.secret(), gate(Role.WATCH), gate(Role.OPERATE)));
    var metrics = MetricsRoute.of(sight.metrics());
    routes.add(gate(Role.WATCH).route(metrics.method(), metrics.path(), metrics.handler()));
    return this;
  }

  /** Pages show everybody's jobs, so they are not for callers who may see one tenant's only. */
  private PageRoutes.Gate gate(Role role) {
    return (method, path, handler) ->
        guard.route(
            role,
            method,
            path,
            (caller, request) -> {
              if (caller.tenant().isPresent()) {
                throw Problem.of(403, "This shows all tenants' jobs, and you are bound to one.");
              }
              return handler.answer(request);
            });
  }

  List<Route> all() {
    return List.copyOf(routes);
  }
}
