package io.doos.gateway;

import io.doos.common.health.Check;
import io.doos.common.health.HealthChecks;
import io.doos.common.health.Standing;
import io.doos.common.http.Route;
import io.doos.common.life.Closer;
import io.doos.common.life.Service;
import io.doos.common.trace.Traces;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Register;
import io.doos.gateway.access.RegisterFile;
import io.doos.gateway.http.Guard;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.WebhookBook;
import io.doos.gateway.page.JobDesk;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.JobNews;
import io.doos.gateway.results.Results;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.TcpDoor;
import io.doos.gateway.tenants.OpenJobsWatch;
import io.doos.gateway.tenants.Quota;
import io.doos.gateway.watch.FarmWatch;
import io.doos.gateway.webhook.Webhooks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gateway: the doors, and one intake behind them. Any number of gateways may serve one farm; none
 * knows anything that the store does not.
 */
public final class Gateway implements Service {

  private final GatewayConfig config;
  private final Farm farm;
  private final Optional<Sight> sight;
  private final Optional<FarmWatch> watch;
  private final HealthChecks health;
  private final Runnable terminate;
  private final Standing standing = new Standing("gateway", "takes jobs");
  private final Closer closer = new Closer();
  private volatile @Nullable JobNews news;
  private volatile @Nullable Doors doors;

  /**
   * A gateway that is not open yet.
   *
   * @param terminate called when a client tells the process to stop and may; on a thread of its own
   */
  public Gateway(GatewayConfig config, Farm farm, Runnable terminate) {
    this(config, farm, HealthChecks.NONE, terminate);
  }

  /**
   * A gateway that is not open yet.
   *
   * @param around what its process needs beside it, for the health that the HTTP door tells
   * @param terminate called when a client tells the process to stop and may; on a thread of its own
   */
  public Gateway(GatewayConfig config, Farm farm, HealthChecks around, Runnable terminate) {
    this(config, farm, around, Optional.empty(), terminate);
  }

  /**
   * A gateway that is not open yet.
   *
   * @param sight what it shows the farm with; without, it has no pages and no metrics
   */
  public Gateway(
      GatewayConfig config,
      Farm farm,
      HealthChecks around,
      Optional<Sight> sight,
      Runnable terminate) {
    this.config = config;
    this.watch = sight.map(by -> watch(by, farm));
    this.farm = sight.isEmpty() ? farm : farm.watched(watch.orElseThrow(), sight.get().metrics());
    this.sight = sight;
    this.health =
        new HealthChecks(
                List.of(
                    () -> look("doos-door", Doors::doos), () -> look("cliser-door", Doors::cliser)),
                List.of(standing))
            .and(around);
    this.terminate = terminate;
  }

  @Override
  public void start() throws Exception {
    try {
      var space = closer.add(SpoolSpace.open(config.spool()));
      var heard = closer.start(new JobNews(farm.events()));
      news = heard;
      var intake = intake(space, heard);
      var results = new Results(farm.ledger(), farm.store(), farm.control());
      var following = new Following(results, heard);
      var opened = doors(new HttpDoor.Rooms(intake, results, following, space));
      doors = opened;
      closer.start(opened);
      standing.started();
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private Intake intake(SpoolSpace space, JobNews heard) throws Exception {
    var quota = new Quota(config.guards().openJobs());
    if (config.guards().register().isPresent()) {
      closer.start(new OpenJobsWatch(quota, farm.store(), farm.ledger(), farm.events()));
    }
    return new Intake(
        config.intake(),
        farm.store(),
        farm.ledger(),
        farm.publisher(),
        space,
        quota,
        webhooks(heard),
        sight.map(Sight::traces).orElse(Traces.NONE),
        farm.clock());
  }

  private Optional<WebhookBook> webhooks(JobNews heard) throws Exception {
    if (config.webhooks().isEmpty()) {
      return Optional.empty();
    }
    var webhooks =
        closer.start(
            new Webhooks(config.webhooks().get(), farm.store(), farm.ledger(), farm.clock()));
    heard.read(webhooks::hear);
    return Optional.of(webhooks);
  }

  private Supplier<Register> register() throws IOException {
    var file = config.guards().register();
    return file.isEmpty() ? Register.Open::new : RegisterFile.open(file.get());
  }

  private List<Route> routes(HttpDoor.Rooms rooms, Guard guard) throws Exception {
    var routes = new HttpRoutes(guard).health(health).jobs(config.http().door(), rooms);
    if (sight.isPresent()) {
      var desk = new JobDesk(rooms.results(), rooms.intake(), rooms.space(), farm.clock());
      routes.pages(sight.get(), closer.start(watch.orElseThrow()), desk);
    }
    return routes.all();
  }

  private static FarmWatch watch(Sight by, Farm farm) {
    return new FarmWatch(by.broker(), farm.store(), farm.ledger(), by.metrics(), farm.clock());
  }

  private Doors doors(HttpDoor.Rooms rooms) throws Exception {
    var register = register();
    var routes = routes(rooms, new Guard(new Access(config.guards().http(), register)));
    return Doors.of(config, register, rooms, routes, terminate);
  }

  private Check look(String name, Function<Doors, TcpDoor> which) {
    var opened = doors;
    return opened == null || standing.isStopping() || !which.apply(opened).hasEnded()
        ? Check.ok(name, "as it should be")
        : Check.failed(name, "accepts no connections any more, and will not again");
  }

  /** Its doors, once started. */
  public Doors doors() {
    var opened = doors;
    if (opened == null) {
      throw new IllegalStateException("the gateway was not started");
    }
    return opened;
  }

  /**
   * Takes no new jobs and lets requests under way finish within their grace. The HTTP door goes on
   * telling of jobs and health until {@link #close}.
   */
  public void drain() {
    standing.stopping();
    var opened = doors;
    if (opened != null) {
      opened.drain();
    }
  }

  @Override
  public void hurry() {
    var opened = doors;
    if (opened != null) {
      opened.hurry();
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
