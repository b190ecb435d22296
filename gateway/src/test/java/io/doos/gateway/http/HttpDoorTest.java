package io.doos.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.http.Problem;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.json.Json;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.State;
import io.doos.common.status.StatusJson;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import io.doos.gateway.TestFarm;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP door of a whole gateway, asked by the JDK's client. */
class HttpDoorTest {

  private static final String UNKNOWN = "\"type\":\"urn:doos:unknown-ticket\"";

  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeObjectStore store = new FakeObjectStore();
  @TempDir private Path folder;
  private TestFarm farm;

  @BeforeEach
  void start() throws Exception {
    farm = new TestFarm(store, folder);
  }

  @AfterEach
  void stop() {
    farm.close();
    client.close();
  }

  @Test
  void aJobsStatusIsItsRecord() throws Exception {
    var job = job("1");
    farm.begin(job);
    var answer = ask("GET", "/v1/jobs/1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    var status = StatusJson.read(answer.body());
    assertThat(status).isEqualTo(farm.ledger().read(job.ticket()).orElseThrow());
    assertThat(status.state()).isEqualTo(State.RUNNING);
  }

  @Test
  void aCancelledJobSaysSoAndWorkersAreTold() throws Exception {
    var job = job("1");
    var answer = ask("POST", "/v1/jobs/1/cancel");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(StatusJson.read(answer.body()).state()).isEqualTo(State.CANCELLED);
    assertThat(farm.withdrawn()).containsExactly(job.ticket());
    assertThat(StatusJson.read(ask("GET", "/v1/jobs/1").body()).state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aJobThatEndedCannotBeCancelledAndTellsItsEnd() throws Exception {
    farm.fail(job("1"), "it did not work");
    var answer = ask("POST", "/v1/jobs/1/cancel");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(StatusJson.read(answer.body()).state()).isEqualTo(State.FAILED);
    assertThat(farm.withdrawn()).isEmpty();
  }

  @Test
  void aDeletedJobIsUnknownAndDeletingItAgainIsNoFailure() throws Exception {
    job("1");
    assertThat(ask("DELETE", "/v1/jobs/1").statusCode()).isEqualTo(204);
    assertThat(ask("DELETE", "/v1/jobs/1").statusCode()).isEqualTo(204);
    assertProblem(ask("GET", "/v1/jobs/1"), 404, UNKNOWN);
    assertProblem(ask("POST", "/v1/jobs/1/cancel"), 404, UNKNOWN);
  }

  @Test
  void aTicketThatIsNoneIsUnknown() throws Exception {
    assertProblem(ask("GET", "/v1/jobs/no%20ticket"), 404, UNKNOWN);
    assertProblem(ask("POST", "/v1/jobs/2/cancel"), 404, UNKNOWN);
  }

  @Test
  void wrongPathsAndMethodsAreProblems() throws Exception {
    assertProblem(ask("GET", "/nowhere"), 404, "There is nothing at /nowhere.");
    assertProblem(ask("GET", "/v1/jobs/"), 404, "about:blank");
    var wrong = ask("PUT", "/v1/jobs/1");
    assertProblem(wrong, 405, "DELETE or GET only");
    assertThat(wrong.headers().firstValue("Allow")).contains("DELETE, GET");
  }

  @Test
  void whatIsNoRequestIsAProblemToo() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), farm.httpPort())) {
      socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }
  }

  @Test
  void aStoreThatIsAwayIsAskedAgainLater() throws Exception {
    job("1");
    store.failNext(Operation.READ, Fault.UNAVAILABLE);
    assertProblem(ask("GET", "/v1/jobs/1"), 503, "try again later.");
    assertThat(ask("GET", "/v1/jobs/1").statusCode()).isEqualTo(200);
  }

  @Test
  void aDrainingGatewayIsAliveButNotReadyAndStillTellsOfJobs() throws Exception {
    job("1");
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    farm.drain();
    var answer = ask("GET", "/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    var checks = Json.fields(answer.body()).objects("checks");
    assertThat(checks)
        .anySatisfy(check -> {
          assertThat(check.text("name")).isEqualTo("gateway");
          assertThat(check.flag("ok")).isFalse();
          assertThat(check.text("found")).startsWith("draining");
        });
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
    assertThat(ask("HEAD", "/livez").body()).isEmpty();
    assertThat(ask("GET", "/v1/jobs/1").statusCode()).isEqualTo(200);
  }

  private JobRecord job(String ticket) throws Exception {
    return farm.ledger().reserve(() -> new Ticket(ticket), HttpDoorTest::record);
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

  private HttpResponse<byte[]> ask(String method, String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + farm.httpPort() + path);
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private static void assertProblem(HttpResponse<byte[]> answer, int status, String part) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains(part, "\"status\":" + status);
  }
}
