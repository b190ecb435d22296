package io.doos.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.http.HttpServer;
import io.doos.common.http.Route;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Claimant;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.queue.FakeBroker;
import io.doos.common.status.ErrorCode;
import io.doos.common.status.JobError;
import io.doos.common.status.State;
import io.doos.common.store.FakeObjectStore;
import io.doos.deploy.FreePort;
import io.doos.gateway.access.Access;
import io.doos.gateway.http.DoorLimits;
import io.doos.gateway.http.Guard;
import io.doos.gateway.http.JobRoutes;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.JobNews;
import io.doos.gateway.results.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelCommandTest {

  @TempDir private Path folder;
  private final InstantSource clock = InstantSource.system();
  private final FakeObjectStore store = new FakeObjectStore();
  private final FakeBroker broker = new FakeBroker(clock, Pool.DEFAULT);
  private final JobLedger ledger =
      new JobLedger(store, clock, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
  private final HttpServer door =
      new HttpServer(
          new HttpServer.Config(
              "door",
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              "none",
              10,
              Duration.ofMinutes(1)),
          routes());

  @BeforeEach
  void open() throws Exception {
    door.start();
  }

  private List<Route> routes() {
    var results = new Results(ledger, store, broker.control());
    var minute = Duration.ofMinutes(1);
    var limits = new DoorLimits(1_000_000, 10, List.of(), minute, minute, Pool.DEFAULT);
    var following = new Following(results, new JobNews(broker.events()));
    return new JobRoutes(results, following, limits).routes(new Guard(Access.OPEN));
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aQueuedJobIsCancelledAndCancelledAgain() throws Exception {
    job("1");
    assertThat(run("cancel", "1")).isEqualTo(new CommandRun(0, "Cancelled 1\n", ""));
    assertThat(run("cancel", "1").exitCode()).isZero();
    assertThat(ledger.read(new Ticket("1")).orElseThrow().state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aJobThatHasEndedIsToldWithItsEnd() throws Exception {
    var claimed = (Begin.Claimed) ledger.begin(job("1"), Claimant.of("hand"), Arrival.FRESH);
    var error = JobError.of(ErrorCode.MACRO_ERROR, "it did not work");
    ledger.commit(claimed, "hand", new Ending(State.FAILED, error, null, null, null, null));
    assertThat(run("cancel", "1")).isEqualTo(new CommandRun(0, "1 had ended before: failed\n", ""));
  }

  @Test
  void anUnknownTicketKeepsNoneOfTheOthersFromBeingCancelled() throws Exception {
    job("2");
    var run = run("cancel", "1", "2", "--json");
    assertThat(run.exitCode()).isEqualTo(ExitCode.UNKNOWN_TICKET);
    assertThat(run.out()).contains("{\"ticket\":\"2\",\"state\":\"CANCELLED\"}", "[\"1\"]");
    assertThat(run.err()).isEqualTo("doos: The farm knows no ticket 1.\n");
  }

  @Test
  void aFarmThatDoesNotAnswerIsUnreachable() {
    var run = CommandRun.of(folder, "cancel", "1", "--http-port", "" + FreePort.next());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FARM_UNREACHABLE);
    assertThat(run.err()).startsWith("doos: No farm answers over HTTP at 127.0.0.1:");
  }

  @Test
  void aPortOfAnotherDoorIsSaidPlainly() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOtherwise(other));
      var run = CommandRun.of(folder, "cancel", "1", "--http-port", "" + other.getLocalPort());
      assertThat(run.exitCode()).isEqualTo(ExitCode.FARM_UNREACHABLE);
      assertThat(run.err())
          .isEqualTo(
              "doos: What answers at 127.0.0.1:%d hangs up or does not speak HTTP: is this the port of the farm's HTTP door (http.port)?\n"
                  .formatted(other.getLocalPort()));
    }
  }

  @Test
  void whatWasCancelledIsToldWhereALaterOneFails() throws Exception {
    job("1");
    job("2");
    store.interfere(call ->
        call.key().startsWith("output/2/")
            ? FakeObjectStore.Fault.UNAVAILABLE
            : FakeObjectStore.Fault.NONE);
    var run = run("cancel", "1", "2", "--json");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FARM_UNREACHABLE);
    assertThat(run.out()).contains("{\"ticket\":\"1\",\"state\":\"CANCELLED\"}");
  }

  private static void answerOtherwise(ServerSocket door) {
    try (var client = door.accept()) {
      client.getInputStream().read();
      client.getOutputStream().write("63|not HTTP|[ERROR]".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CommandRun run(String... arguments) {
    var all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--http-port", "" + door.port()));
    return CommandRun.of(folder, all.toArray(String[]::new));
  }

  private JobRecord job(String ticket) throws Exception {
    return ledger.reserve(() -> new Ticket(ticket), CancelCommandTest::record);
  }

  private static JobRecord record(Ticket ticket) {
    var script = "Sub Main\nEnd Sub\n".getBytes(StandardCharsets.UTF_8);
    var message =
        new JobMessage(
            ticket,
            new RunMacro(RunMacro.MAIN_SCRIPT, "Main", List.of()),
            List.of(new InputFile.Inline(RunMacro.MAIN_SCRIPT, script)),
            null,
            Instant.EPOCH,
            new JobMessage.Limits(null, null, null),
            null);
    return new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of());
  }
}
