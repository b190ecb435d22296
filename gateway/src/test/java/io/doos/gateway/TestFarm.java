package io.doos.gateway;

import io.doos.common.config.TerminateFrom;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.Keys;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.store.ObjectStore;
import io.doos.common.store.StoreFailure;
import io.doos.gateway.doos.Commands;
import io.doos.gateway.doos.DoosServer;
import io.doos.gateway.doos.Limits;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.intake.SubmissionRules;
import io.doos.gateway.intake.TicketSource;
import io.doos.gateway.spool.SpoolSpace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A whole gateway on a free port over a store and a publisher of the test's, and a hand for a
 * worker.
 */
public final class TestFarm implements AutoCloseable {

  private static final String WORKER = "hand";

  private final ObjectStore store;
  private final FakePublisher publisher = new FakePublisher();
  private final CountDownLatch toldToStop = new CountDownLatch(1);
  private final JobLedger ledger;
  private final Gateway gateway;

  public TestFarm(ObjectStore store, Path folder) throws Exception {
    this(store, folder, new Commands.Config(TerminateFrom.LOOPBACK, true));
  }

  public TestFarm(ObjectStore store, Path folder, Commands.Config commands) throws Exception {
    this.store = store;
    var clock = InstantSource.system();
    this.ledger = new JobLedger(store, clock, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
    this.gateway =
        new Gateway(
            config(folder, commands),
            store,
            ledger,
            publisher,
            publisher,
            clock,
            toldToStop::countDown);
    gateway.start();
  }

  public static Gateway.Config config(Path folder, Commands.Config commands) {
    var limits =
        Limits.DEFAULT.withTimes(
            Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2));
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Gateway.Config(
        SpoolSpace.Config.in(folder),
        new Intake.Config(
            new SubmissionRules(Duration.ofMinutes(10)),
            TicketSource.Range.DEFAULT,
            Duration.ofHours(24)),
        commands,
        new DoosServer.Config(address, 10_000, limits, Duration.ofSeconds(10)));
  }

  public int port() {
    return gateway.doosPort();
  }

  public FakePublisher publisher() {
    return publisher;
  }

  public JobLedger ledger() {
    return ledger;
  }

  public CountDownLatch toldToStop() {
    return toldToStop;
  }

  /** Begins the job as a worker would. */
  public Begin.Claimed begin(JobRecord job) throws StoreFailure {
    return (Begin.Claimed) ledger.begin(job, WORKER, true);
  }

  /** Ends a job DONE with this for its zip. */
  public Result finish(JobRecord job, byte[] zip) throws Exception {
    var key = Keys.result(job.ticket(), 1);
    store.put(key, zip);
    var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));
    var result = new Result(key, zip.length, sha256, List.of(), false);
    finish(job, result);
    return result;
  }

  /** Ends a job DONE with this result, whatever the store has. */
  public void finish(JobRecord job, Result result) throws StoreFailure {
    ledger.commit(begin(job), WORKER, new Ending(State.DONE, null, result, null, null, null));
  }

  /** Ends a job FAILED. */
  public void fail(JobRecord job, String why) throws StoreFailure {
    var error = JobError.of(ErrorCode.MACRO_ERROR, why);
    ledger.commit(begin(job), WORKER, new Ending(State.FAILED, error, null, null, null, null));
  }

  /** The job with this ticket, as it was published. */
  public JobRecord published(Ticket ticket) {
    return publisher.jobs().stream()
        .filter(job -> job.ticket().equals(ticket))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    gateway.close();
    store.close();
  }
}
