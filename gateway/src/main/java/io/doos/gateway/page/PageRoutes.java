package io.doos.gateway.page;

import io.doos.common.http.HttpAnswer;
import io.doos.common.http.HttpHandler;
import io.doos.common.http.HttpRequest;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.common.http.StaticRoutes;
import io.doos.common.status.State;
import io.doos.gateway.watch.FarmWatch;
import io.doos.gateway.watch.JobFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages and what their buttons do. */
public final class PageRoutes {

  private static final String PLOT = "META-INF/resources/webjars/uplot/1.6.30/dist";

  private final FarmWatch watch;
  private final Actions actions;

  private PageRoutes(FarmWatch watch, Actions actions) {
    this.watch = watch;
    this.actions = actions;
  }

  /** Makes a route for those who may use it. */
  @FunctionalInterface
  public interface Gate {
    Route route(String method, String path, HttpHandler handler);
  }

  /**
   * All of them.
   *
   * @param secret of the farm, the same on all its gateways: their pages' forms are known by it
   * @param watcher lets those through who may see the farm
   * @param operator lets those through who may steer it
   */
  public static List<Route> of(
      FarmWatch watch, JobDesk desk, byte[] secret, Gate watcher, Gate operator) {
    var key = PageKey.of(secret);
    var actions = new Actions(key);
    var pages = new PageRoutes(watch, actions);
    var jobs = new JobRoutes(desk, actions);
    var dead = new DeadRoutes(watch, actions);
    var orders = new OrderRoutes(watch, key);
    var classes = PageRoutes.class.getClassLoader();
    return Stream.of(
            watcher.route("GET", "/", pages::farm),
            watcher.route("GET", "/page/find", jobs::find),
            watcher.route("GET", "/page/jobs/{ticket}", jobs::job),
            watcher.route("GET", "/page/jobs/{ticket}/files/{file...}", jobs::preview),
            watcher.route("GET", "/page/dead", dead::dead),
            operator.route("POST", "/page/jobs/{ticket}/cancel", jobs::cancel),
            operator.route("POST", "/page/jobs/{ticket}/delete", jobs::delete),
            operator.route("POST", "/page/jobs/{ticket}/resubmit", jobs::resubmit),
            operator.route("POST", "/page/dead/{id}/requeue", dead::requeue),
            operator.route("POST", "/page/dead/{id}/delete", dead::remove),
            operator.route("POST", "/page/orders", orders::order),
            StaticRoutes.of("/page/static", classes, "io/doos/gateway/page"),
            StaticRoutes.of("/page/plot", classes, PLOT))
        .toList();
  }

  private HttpAnswer farm(HttpRequest request) throws Problem {
    var filter = filter(request);
    var farm = watch.view();
    var table = new JobTable(filter, watch.recent(filter, JobTable.MOST_SHOWN), farm);
    return Frame.page(
        Frame.Place.FARM,
        "Farm",
        Note.html(request.query("note")),
        Html.of("{}{}", new FarmPage(farm, actions).html(), table.html()));
  }

  private static JobFilter filter(HttpRequest request) throws Problem {
    return new JobFilter(
        state(request.query("state").orElse("")),
        text(request, "kind"),
        text(request, "pool"),
        text(request, "tenant"),
        text(request, "worker"),
        text(request, "text"));
  }

  private static Optional<State> state(String name) {
    return Arrays.stream(State.values()).filter(state -> state.name().equals(name)).findFirst();
  }

  private static String text(HttpRequest request, String name) throws Problem {
    return request.query(name).orElse("").strip();
  }
}
