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
import io.doos.common.tls.Tls;
import io.doos.common.trace.Traces;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Register;
import io.doos.gateway.access.RegisterFile;
import io.doos.gateway.access.Role;
import io.doos.gateway.cliser.CliserServer;
import io.doos.gateway.doos.Commands;
import io.doos.gateway.doos.DoosServer;
import io.doos.gateway.http.Guard;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.WebhookBook;
import io.doos.gateway.page.JobDesk;
import io.doos.gateway.page.PageRoutes;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.JobNews;
import io.doos.gateway.results.Results;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tenants.OpenJobsWatch;
import io.doos.gateway.tenants.Quota;
import io.doos.gateway.watch.FarmWatch;
import io.doos.gateway.webhook.Webhooks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
   * @param webhooks how ends of jobs are told, if they are
   * @param doors who may use them
   * @param cliser where the CLISER door is, if it is open
   */
  public record Config(
      SpoolSpace.Config spool,
      Intake.Config intake,
      Commands.Config commands,
      DoosServer.Config doos,
      HttpServer.Config http,
      HttpDoor.Config door,
      Optional<Webhooks.Config> webhooks,
      Doors doors,
      Optional<CliserServer.Config> cliser) {}

  /**
   * Who may use the doors.
   *
   * @param tcp where clients of the doos protocol may be
   * @param http where clients of the HTTP door may be
   * @param cliser where clients of the CLISER door may be
   * @param register the file of those who are known; without one, nobody is asked
   * @param tls further doors, over TLS
   * @param openJobs how many open jobs a tenant may have, unless the register says otherwise
   */
  public record Doors(
      AddressList tcp,
      AddressList http,
      AddressList cliser,
      Optional<Path> register,
      Optional<TlsDoors> tls,
      int openJobs) {

    /** Doors that nobody guards. */
    public static final Doors OPEN =
        new Doors(
            AddressList.EVERYBODY,
            AddressList.EVERYBODY,
            AddressList.EVERYBODY,
            Optional.empty(),
            Optional.empty(),
            Integer.MAX_VALUE);
  }

  /**
   * The doors that speak TLS.
   *
   * @param doos where the doos door is
   * @param http where the HTTP door is
   */
  public record TlsDoors(
      Tls.Files files, Optional<InetSocketAddress> doos, Optional<InetSocketAddress> http) {}

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

    /** The same, with the jobs counted that it publishes, and {@code watch} told of them. */
    Farm watched(FarmWatch watch, Metrics metrics) {
      var counted = new CountedPublisher(publisher, metrics, watch::taken);
      return new Farm(store, ledger, counted, control, events, clock);
    }
  }

  /**
   * What a gateway shows the farm with.
   *
   * @param broker where it hears of workers and jobs, and speaks to workers
   * @param traces where it tells of the jobs that it takes; the caller's to close, after the
   *     gateway
   * @param secret of the farm; forms of one gateway's pages are known by it at the others
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  public record Sight(Broker broker, Metrics metrics, Traces traces, byte[] secret) {}

  private final Config config;
  private final Farm farm;
  private final Optional<Sight> sight;
  private final Optional<FarmWatch> watch;
  private final HealthChecks health;
  private final Runnable terminate;
  private final Standing standing = new Standing("gateway", "takes jobs");
  private final Closer closer = new Closer();
  private volatile @Nullable JobNews news;
  private volatile @Nullable DoosServer doos;
  private volatile @Nullable DoosServer doosTls;
  private volatile @Nullable HttpServer http;
  private volatile @Nullable HttpServer httpTls;
  private volatile @Nullable CliserServer cliser;

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
    this.watch = sight.map(by -> watch(by, farm));
    this.farm = sight.isEmpty() ? farm : farm.watched(watch.orElseThrow(), sight.get().metrics());
    this.sight = sight;
    this.health =
        new HealthChecks(List.of(this::checkDoor, this::checkCliser), List.of(standing))
            .and(around);
    this.terminate = terminate;
  }

  @Override
  public void start() throws Exception {
    try {
      var space = closer.add(SpoolSpace.open(config.spool()));
      var quota = new Quota(config.doors().openJobs());
      var heard = closer.start(new JobNews(farm.events()));
      news = heard;
      var webhooks = config.webhooks().map(this::webhooks);
      if (webhooks.isPresent()) {
        heard.read(closer.start(webhooks.get())::hear);
      }
      var intake =
          new Intake(
              config.intake(),
              farm.store(),
              farm.ledger(),
              farm.publisher(),
              space,
              quota,
              webhooks.map(WebhookBook.class::cast),
              sight.map(Sight::traces).orElse(Traces.NONE),
              farm.clock());
      var results = new Results(farm.ledger(), farm.store(), farm.control());
      if (config.doors().register().isPresent()) {
        closer.start(new OpenJobsWatch(quota, farm.store(), farm.ledger(), farm.events()));
      }
      var register = register(config.doors());
      var tcpAccess = new Access(config.doors().tcp(), register);
      var guard = new Guard(new Access(config.doors().http(), register));
      var commands = new Commands(config.commands(), tcpAccess, intake, results, space);
      var rooms = new HttpDoor.Rooms(intake, results, new Following(results, heard), space);
      var routes = routes(rooms, guard);
      if (sight.isPresent()) {
        var desk = new JobDesk(results, intake, space, farm.clock());
        routes.addAll(pages(sight.get(), closer.start(watch.orElseThrow()), desk, guard));
      }
      http = closer.start(new HttpServer(config.http(), routes));
      if (config.doors().tls().isPresent()) {
        startTls(config.doors().tls().get(), routes, space, commands);
      }
      doos = closer.start(new DoosServer(config.doos(), space, commands, terminate));
      if (config.cliser().isPresent()) {
        var access = new Access(config.doors().cliser(), register);
        cliser =
            closer.start(new CliserServer(config.cliser().get(), space, access, intake, results));
      }
      standing.started();
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private void startTls(TlsDoors doors, List<Route> routes, SpoolSpace space, Commands commands)
      throws Exception {
    var tls = Tls.of(doors.files());
    if (doors.http().isPresent()) {
      var names = "tls.bind-address, http.tls-port";
      var door = config.http().overTls(doors.http().get(), names, tls);
      httpTls = closer.start(new HttpServer(door, routes));
    }
    if (doors.doos().isPresent()) {
      var door = config.doos().overTls(doors.doos().get(), tls);
      doosTls = closer.start(new DoosServer(door, space, commands, terminate));
    }
  }

  private Webhooks webhooks(Webhooks.Config wanted) {
    return new Webhooks(wanted, farm.store(), farm.ledger(), farm.clock());
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

  private static FarmWatch watch(Sight by, Farm farm) {
    return new FarmWatch(by.broker(), farm.store(), farm.ledger(), by.metrics(), farm.clock());
  }

  private static List<Route> pages(Sight by, FarmWatch watch, JobDesk desk, Guard guard) {
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
    return checked("doos-door", doosDoors().allMatch(DoosServer::isServing));
  }

  private Check checkCliser() {
    var door = cliser;
    return checked("cliser-door", door == null || door.isServing());
  }

  private Check checked(String name, boolean serves) {
    return serves || standing.isStopping()
        ? Check.ok(name, "as it should be")
        : Check.failed(name, "accepts no connections any more, and will not again");
  }

  /** The port of the doos door, once started. */
  public int doosPort() {
    return started(doos).port();
  }

  /** The port of the CLISER door, once started, if it is open. */
  public int cliserPort() {
    return started(cliser).port();
  }

  /** The port of the HTTP door, once started. */
  public int httpPort() {
    return started(http).port();
  }

  /** The port of the doos door over TLS, once started, where there is one. */
  public int doosTlsPort() {
    return started(doosTls).port();
  }

  /** The port of the HTTP door over TLS, once started, where there is one. */
  public int httpTlsPort() {
    return started(httpTls).port();
  }

  private Stream<DoosServer> doosDoors() {
    return Stream.of(Optional.ofNullable(doos), Optional.ofNullable(doosTls))
        .flatMap(Optional::stream);
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
    try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
      doosDoors().forEach(door -> closing.execute(door::close));
    }
    var formats = cliser;
    if (formats != null) {
      formats.close();
    }
  }

  @Override
  public void hurry() {
    doosDoors().forEach(DoosServer::hurry);
    var formats = cliser;
    if (formats != null) {
      formats.hurry();
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
