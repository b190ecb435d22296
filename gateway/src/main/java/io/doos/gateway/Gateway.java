package io.doos.gateway;

import io.doos.common.config.AddressList;
import io.doos.common.health.Check;
import io.doos.common.health.HealthChecks;
import io.doos.common.health.Standing;
import io.doos.common.http.HealthRoutes;
import io.doos.common.http.HttpServer;
import io.doos.common.http.MetricsRoute;
import io.doos.common.http.Problem;
import io.doos.common.http.Route;
import io.doos.common.ledger.JobLedger;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.Broker;
import io.doos.common.queue.Control;
import io.doos.common.queue.Events;
import io.doos.common.queue.JobPublisher;
import io.doos.common.store.ObjectStore;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Register;
import io.doos.gateway.access.RegisterFile;
import io.doos.gateway.access.Role;
import io.doos.gateway.doos.Commands;
import io.doos.gateway.doos.DoosServer;
import io.doos.gateway.http.Guard;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.page.JobDesk;
import io.doos.gateway.page.PageRoutes;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.JobNews;
import io.doos.gateway.results.Results;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.watch.FarmWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gateway: the doors, and one intake behind them. Any number of gateways may serve one farm; none
 * knows anything that the store does not.
 */
public final class Gateway implements Service {

  /**
   * What each part of it needs.
   *
   * @param spool where requests and results wait
   * @param intake what is taken
   * @param commands what the doos door does
   * @param doos where the doos door is
   * @param http where the HTTP door is
   * @param door what the HTTP door lets clients do
   * @param doors who may use them
   */
  public record Config(
      SpoolSpace.Config spool,
      Intake.Config intake,
      Commands.Config commands,
      DoosServer.Config doos,
      HttpServer.Config http,
      HttpDoor.Config door,
      Doors doors) {}

  /**
   * Who may use the doors.
   *
   * @param tcp where clients of the doos protocol may be
   * @param http where clients of the HTTP door may be
   * @param register the file of those who are known; without one, nobody is asked
   */
  public record Doors(AddressList tcp, AddressList http, Optional<Path> register) {

    /** Doors that nobody guards. */
    public static final Doors OPEN =
        new Doors(AddressList.EVERYBODY, AddressList.EVERYBODY, Optional.empty());
  }

  /**
   * The farm behind it; all of this stays the caller's to close, after the gateway.
   *
   * @param control hears of deleted jobs
   * @param events tells who waits for a job that there is news
   */
  public record Farm(
      ObjectStore store,
      JobLedger ledger,
      JobPublisher publisher,
      Control control,
      Events events,
      InstantSource clock) {

    /** The same, with the jobs counted that it publishes. */
    Farm counted(Metrics metrics) {
      return new Farm(
          store, ledger, new CountedPublisher(publisher, metrics), control, events, clock);
    }
  }

  /**
   * What a gateway shows the farm with.
   *
   * @param broker where it hears of workers and jobs, and speaks to workers
   * @param secret of the farm; forms of one gateway's pages are known by it at the others
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  public record Sight(Broker broker, Metrics metrics, byte[] secret) {}

  private final Config config;
  private final Farm farm;
  private final Optional<Sight> sight;
  private final HealthChecks health;
  private final Runnable terminate;
  private final Standing standing = new Standing("gateway", "takes jobs");
  private final Closer closer = new Closer();
  private volatile @Nullable JobNews news;
  private volatile @Nullable DoosServer doos;
  private volatile @Nullable HttpServer http;

  /**
   * A gateway that is not open yet.
   *
   * @param terminate called when a client tells the process to stop and may; on a thread of its own
   */
  public Gateway(Config config, Farm farm, Runnable terminate) {
    this(config, farm, HealthChecks.NONE, terminate);
  }

  /**
   * A gateway that is not open yet.
   *
   * @param around what its process needs beside it, for the health that the HTTP door tells
   * @param terminate called when a client tells the process to stop and may; on a thread of its own
   */
  public Gateway(Config config, Farm farm, HealthChecks around, Runnable terminate) {
    this(config, farm, around, Optional.empty(), terminate);
  }

  /**
   * A gateway that is not open yet.
   *
   * @param sight what it shows the farm with; without, it has no pages and no metrics
   */
  public Gateway(
      Config config, Farm farm, HealthChecks around, Optional<Sight> sight, Runnable terminate) {
    this.config = config;
    this.farm = sight.isEmpty() ? farm : farm.counted(sight.get().metrics());
    this.sight = sight;
    this.health = new HealthChecks(List.of(this::checkDoor), List.of(standing)).and(around);
    this.terminate = terminate;
  }

  @Override
  public void start() throws Exception {
    try {
      var space = closer.add(SpoolSpace.open(config.spool()));
      var intake =
          new Intake(
              config.intake(), farm.store(), farm.ledger(), farm.publisher(), space, farm.clock());
      var results = new Results(farm.ledger(), farm.store(), farm.control());
      var register = register(config.doors());
      var tcpAccess = new Access(config.doors().tcp(), register);
      var guard = new Guard(new Access(config.doors().http(), register));
      var commands = new Commands(config.commands(), tcpAccess, intake, results, space);
      var heard = closer.start(new JobNews(farm.events()));
      news = heard;
      var rooms = new HttpDoor.Rooms(intake, results, new Following(results, heard), space);
      var routes = routes(rooms, guard);
      if (sight.isPresent()) {
        routes.addAll(pages(sight.get(), new JobDesk(results, intake, space, farm.clock()), guard));
      }
      http = closer.start(new HttpServer(config.http(), routes));
      doos = closer.start(new DoosServer(config.doos(), space, commands, terminate));
      standing.started();
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private static Supplier<Register> register(Doors doors) throws IOException {
    return doors.register().isEmpty()
        ? Register.Open::new
        : RegisterFile.open(doors.register().get());
  }

  private List<Route> routes(HttpDoor.Rooms rooms, Guard guard) {
    var routes = new ArrayList<Route>();
    HealthRoutes.of(health).forEach(route -> routes.add(guard.open(route)));
    routes.addAll(HttpDoor.routes(config.door(), rooms, guard));
    return routes;
  }

  private List<Route> pages(Sight by, JobDesk desk, Guard guard) throws Exception {
    var watch =
        closer.start(
            new FarmWatch(by.broker(), farm.store(), farm.ledger(), by.metrics(), farm.clock()));
    var routes =
        new ArrayList<>(
            PageRoutes.of(
                watch, desk, by.secret(), gate(guard, Role.WATCH), gate(guard, Role.OPERATE)));
    var metrics = MetricsRoute.of(by.metrics());
    routes.add(gate(guard, Role.WATCH).route(metrics.method(), metrics.path(), metrics.handler()));
    return routes;
  }

  /** Pages show everybody's jobs, so they are not for callers who may see one tenant's only. */
  private static PageRoutes.Gate gate(Guard guard, Role role) {
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

  private Check checkDoor() {
    var door = doos;
    return door == null || door.isServing() || standing.isStopping()
        ? Check.ok("doos-door", "as it should be")
        : Check.failed("doos-door", "accepts no connections any more, and will not again");
  }

  /** The port of the doos door, once started. */
  public int doosPort() {
    return started(doos).port();
  }

  /** The port of the HTTP door, once started. */
  public int httpPort() {
    return started(http).port();
  }

  private static <T> T started(@Nullable T door) {
    if (door == null) {
      throw new IllegalStateException("the gateway was not started");
    }
    return door;
  }

  /**
   * Takes no new jobs and lets requests under way finish within their grace. The HTTP door goes on
   * telling of jobs and health until {@link #close}.
   */
  public void drain() {
    standing.stopping();
    var door = doos;
    if (door != null) {
      door.close();
    }
  }

  @Override
  public void hurry() {
    var door = doos;
    if (door != null) {
      door.hurry();
    }
  }

  @Override
  public void close() {
    drain();
    var waited = news;
    if (waited != null) {
      waited.close(); // who waits for a job holds the HTTP door open
    }
    closer.close();
  }
}
