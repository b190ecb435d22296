package io.doos.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.config.TerminateFrom;
import io.doos.common.health.HealthChecks;
import io.doos.common.http.HttpServer;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Claimant;
import io.doos.common.ledger.Commit;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.Keys;
import io.doos.common.metrics.Metrics;
import io.doos.common.queue.BrokerFailure;
import io.doos.common.queue.FakeBroker;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.common.trace.Traces;
import io.doos.gateway.cliser.CliserDoor;
import io.doos.gateway.cliser.CliserLimits;
import io.doos.gateway.doos.Commands;
import io.doos.gateway.doos.DoosDoor;
import io.doos.gateway.doos.Limits;
import io.doos.gateway.http.DoorLimits;
import io.doos.gateway.http.HttpDoor;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.SubmissionRules;
import io.doos.gateway.intake.TicketSource;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Entrances;
import io.doos.gateway.webhook.Webhooks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A whole gateway on a free port over a fake broker and any store; and the test's hand as its
 * worker.
 */
public final class TestFarm implements AutoCloseable {

  /** What the gateway does that a test may choose. */
  public static final Commands.Config DEFAULT = new Commands.Config(TerminateFrom.LOOPBACK, true);

  /** What the HTTP door lets clients do. */
  public static final DoorLimits DOOR =
      new DoorLimits(
          4 * 1024 * 1024,
          5,
          List.of("templates/"),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Pool.DEFAULT);

  /** What it takes. */
  public static final Intake.Config INTAKE =
      new Intake.Config(
          new SubmissionRules(Duration.ofMinutes(10)),
          TicketSource.Range.DEFAULT,
          Duration.ofHours(24));

  /** How it tells of ends. */
  public static final Webhooks.Config WEBHOOKS =
      new Webhooks.Config("webhook secret", true, Duration.ofMillis(100), Duration.ofMillis(200));

  private static final String WORKER = "hand";

  private final ObjectStore store;
  private final InstantSource clock = InstantSource.system();
  private final FakeBroker broker = new FakeBroker(clock, Pool.DEFAULT, new Pool("big"));
  private final List<JobRecord> published = new CopyOnWriteArrayList<>();
  private final List<Ticket> withdrawn = new CopyOnWriteArrayList<>();
  private final CountDownLatch toldToStop = new CountDownLatch(1);
  private final JobLedger ledger;
  private final Gateway gateway;
  private volatile boolean interruptNext;

  public TestFarm(ObjectStore store, Path folder) throws Exception {
    this(store, folder, DEFAULT);
  }

  public TestFarm(ObjectStore store, Path folder, Commands.Config commands) throws Exception {
    this(store, folder, commands, Guards.NONE, DOOR);
  }

  public TestFarm(ObjectStore store, Path folder, Commands.Config commands, Guards guards)
      throws Exception {
    this(store, folder, commands, guards, DOOR);
  }

  public TestFarm(ObjectStore store, Path folder, Commands.Config commands, DoorLimits door)
      throws Exception {
    this(store, folder, commands, Guards.NONE, door);
  }

  private TestFarm(
      ObjectStore store, Path folder, Commands.Config commands, Guards guards, DoorLimits door)
      throws Exception {
    this.store = store;
    this.ledger = new JobLedger(store, clock, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
    broker.control().subscribe(withdrawn::add);
    var farm = new Farm(store, ledger, this::publish, broker.control(), broker.events(), clock);
    var sight = new Sight(broker, new Metrics(), Traces.NONE, "a secret".getBytes(UTF_8));
    this.gateway =
        new Gateway(
            config(folder, commands, guards, door),
            farm,
            HealthChecks.NONE,
            Optional.of(sight),
            toldToStop::countDown);
    gateway.start();
  }

  private static GatewayConfig config(
      Path folder, Commands.Config commands, Guards guards, DoorLimits door) {
    var minutes = Duration.ofMinutes(3);
    var limits = Limits.DEFAULT.withTimes(minutes, minutes, Duration.ofSeconds(2));
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var place = new Entrances.Place(here, "a setting");
    var secure = guards.tls().map(_ -> place);
    var grace = Duration.ofSeconds(10);
    return new GatewayConfig(
        SpoolSpace.Config.in(folder),
        INTAKE,
        new DoosDoor.Config(
            new Entrances("doos door", Optional.of(place), secure, 10_000, grace),
            limits,
            commands),
        new CliserDoor.Config(
            new Entrances("CLISER door", Optional.of(place), secure, 100, grace),
            CliserLimits.DEFAULT,
            Pool.DEFAULT),
        new GatewayConfig.Http(
            new HttpServer.Config("HTTP door", here, "http.port", 100, minutes),
            secure,
            new HttpDoor.Config(door, "secret of the farm")),
        Optional.of(WEBHOOKS),
        guards);
  }

  private void publish(JobRecord job) throws BrokerFailure, InterruptedException {
    published.add(job);
    if (interruptNext) {
      interruptNext = false;
      throw new InterruptedException("as planned");
    }
    broker.jobs().publish(job);
  }

  public int port() {
    return gateway.doors().doos().port();
  }

  public int httpPort() {
    return gateway.doors().http().port();
  }

  public int tlsPort() {
    return gateway.doors().doos().tlsPort();
  }

  public int httpTlsPort() {
    return gateway.doors().http().tlsPort();
  }

  /** Where CLISER is spoken under TLS. */
  public int cliserTlsPort() {
    return gateway.doors().cliser().tlsPort();
  }

  /** Stops taking jobs, as a gateway does whose process was told to stop. */
  public void drain() {
    gateway.drain();
  }

  public FakeBroker broker() {
    return broker;
  }

  public JobLedger ledger() {
    return ledger;
  }

  /** Counted down by {@code terminate}. */
  public CountDownLatch toldToStop() {
    return toldToStop;
  }

  /** The next publish is interrupted. */
  public void interruptNext() {
    interruptNext = true;
  }

  /** What the gateway tried to publish, in order; also what was not confirmed. */
  public List<JobRecord> published() {
    return published;
  }

  /** The job with this ticket, as it was published. */
  public JobRecord published(Ticket ticket) {
    return published.stream().filter(job -> job.ticket().equals(ticket)).findFirst().orElseThrow();
  }

  /** Whose withdrawal workers were told of, in order. */
  public List<Ticket> withdrawn() {
    return withdrawn;
  }

  /** Begins the job as a worker would. */
  public Begin.Claimed begin(JobRecord job) throws StoreFailure {
    return (Begin.Claimed) ledger.begin(job, Claimant.of(WORKER), Arrival.FRESH);
  }

  /** Ends a job DONE with this for its zip. */
  public void finish(JobRecord job, byte[] zip) throws Exception {
    var key = Keys.result(job.ticket(), 1);
    store.put(key, zip);
    var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));
    finish(job, new Result(key, zip.length, sha256, List.of(), false));
  }

  /** Ends a job DONE with this result, whatever the store has. */
  public void finish(JobRecord job, Result result) throws StoreFailure {
    end(job, new Ending(State.DONE, null, result, null, null, null));
  }

  /** Ends a job FAILED. */
  public void fail(JobRecord job, String why) throws StoreFailure {
    var error = JobError.of(ErrorCode.MACRO_ERROR, why);
    end(job, new Ending(State.FAILED, error, null, null, null, null));
  }

  private void end(JobRecord job, Ending how) throws StoreFailure {
    if (ledger.commit(begin(job), WORKER, how) instanceof Commit.Committed(var status)) {
      ledger.tidy(job, status);
    }
  }

  @Override
  public void close() {
    gateway.close();
    store.close();
  }
}
