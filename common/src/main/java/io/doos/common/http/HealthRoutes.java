package io.doos.common.http;

import io.doos.common.health.Health;
import io.doos.common.health.HealthChecks;
import io.doos.common.json.Json;
import java.util.List;

/**
 * {@code /livez}: 503 only when the process must be restarted. {@code /readyz}: 503 while it cannot
 * do its work. Both name each check and what was found.
 */
public final class HealthRoutes {

  private HealthRoutes() {}

  public static List<Route> of(HealthChecks checks) {
    return List.of(
        new Route("GET", "/livez", _ -> answer("alive", checks.alive())),
        new Route("GET", "/readyz", _ -> answer("ready", checks.ready())));
  }

  private static HttpAnswer answer(String word, Health health) {
    var tree = Json.object().put(word, health.isOk());
    var list = tree.putArray("checks");
    for (var check : health.checks()) {
      list.addObject().put("name", check.name()).put("ok", check.ok()).put("found", check.found());
    }
    return HttpAnswer.json(health.isOk() ? 200 : 503, tree);
  }
}
