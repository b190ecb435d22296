package io.doos.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.doos.common.job.InputFile;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.common.status.StatusJson;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.store.FakeObjectStore.Fault;
import io.doos.common.store.FakeObjectStore.Operation;
import io.doos.gateway.TestFarm;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs sent, followed and fetched over HTTP, with the test's hand as the worker. */
class SubmitOverHttpTest {

  private static final String SCRIPT = "Sub Main\nEnd Sub\n";

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
  void aFormWithAScriptIsAMacroInItsQueue() throws Exception {
    var answer =
        form(
            "function", "Main",
            "arguments", "[1,\"two\"]",
            "pool", "big",
            "priority", "7",
            "timeout", "2m",
            "files@Report.bas", SCRIPT,
            "files@data/in.csv", "a;b");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var status = StatusJson.read(answer.body().getBytes(UTF_8));
    assertThat(status.state()).isEqualTo(State.ENQUEUED);
    assertThat(answer.headers().firstValue("Location")).contains("/v1/jobs/" + status.ticket());
    var job = farm.published(status.ticket());
    assertThat(job.message().work())
        .isEqualTo(new Work.RunMacro("Report.bas", "Main", List.of(1L, "two")));
    assertThat(job.message().files())
        .extracting(InputFile::name)
        .containsExactly("Report.bas", "data/in.csv");
    assertThat(job.pool().name()).isEqualTo("big");
    assertThat(job.priority()).isEqualTo(7);
    assertThat(job.message().limits().timeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aFormThatSaysWhereToIsAConversion() throws Exception {
    var answer = form("to", "pdf", "options", "{\"pages\":\"1-2\"}", "files@ä.odt", "x");
    var job = farm.published().getFirst();
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(job.message().work())
        .isEqualTo(new Work.Convert("pdf", null, java.util.Map.of("pages", "1-2")));
    assertThat(job.message().files()).extracting(InputFile::name).containsExactly("ä.odt");
  }

  @Test
  void largeFilesTravelAsABundle() throws Exception {
    var answer = form("to", "pdf", "files@big.odt", "x".repeat(300_000));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(farm.published().getFirst().message().bundle()).isNotNull();
  }

  @Test
  void whatMakesNoSenseIsRefusedAndNamed() throws Exception {
    assertProblem(form("function", "Main"), 400, "There is no file");
    assertProblem(form("files@a.bas", SCRIPT), 400, "'function' is missing");
    assertProblem(form("function", "1st", "files@a.bas", SCRIPT), 400, "not a Basic identifier");
    assertProblem(form("fuction", "Main", "files@a.bas", SCRIPT), 400, "no field 'fuction'");
    assertProblem(form("to", "pdf", "options", "[", "files@a", "x"), 400, "'options'");
    assertProblem(form("to", "pdf", "priority", "high", "files@a", "x"), 400, "'priority'");
    assertProblem(form("to", "pdf", "timeout", "601", "files@a", "x"), 400, "timeout");
    assertProblem(form("to", "pdf", "ticket", "a b", "files@a", "x"), 400, "'ticket'");
    assertProblem(form("to", "pdf", "webhook", "ftp://x/", "files@a", "x"), 400, "'webhook'");
    assertProblem(form("to", "pdf", "files@../a", "x"), 400, "'../a'");
    assertProblem(form("to", "pdf", "files@a", "x", "files@a", "y"), 400, "Two files");
    assertProblem(send("POST", "/v1/jobs", "text/plain", "x"), 415, "multipart/form-data");
    assertThat(farm.published()).isEmpty();
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    assertProblem(form("to", "pdf", "files@a", "x".repeat(4 * 1024 * 1024 + 1)), 413, "larger");
    assertProblem(
        form(
            "to", "pdf", "files@1", "x", "files@2", "x", "files@3", "x", "files@4", "x", "files@5",
            "x", "files@6", "x"),
        413,
        "more than 5 files");
    assertProblem(form("to", "p".repeat(70_000), "files@1", "x"), 413, "'to'");
    var message = "{\"ticket\":\"" + "x".repeat(300_000) + "\"}";
    assertProblem(send("POST", "/v1/jobs", "application/json", message), 413, "262144 bytes");
  }

  @Test
  void aJobMessageNeedsNoTicketAndNamesObjectsWhereItMay() throws Exception {
    var answer =
        json(
            """
            {"work": {"kind": "convert", "to": "pdf"}, "pool": "big", "priority": 3,
             "files": [{"name": "a.odt", "object": "templates/a.odt"}, {"name": "b.txt", "text": "b"}]}
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var job = farm.published().getFirst();
    assertThat(job.message().files())
        .extracting(InputFile::name)
        .containsExactlyInAnyOrder("a.odt", "b.txt");
    assertThat(job.pool().name()).isEqualTo("big");
    for (var key : List.of("output/1/result-1.zip", "templates/../output/x", "fonts/a.ttf")) {
      var stolen =
          """
          {"work": {"kind": "convert", "to": "pdf"}, "files": [{"name": "a", "object": "KEY"}]}
          """
              .replace("KEY", key);
      assertProblem(json(stolen), 403, "http.object-prefixes");
    }
    assertProblem(json("{\"work\": {}}"), 400, "work.kind");
    assertProblem(json("nonsense"), 400, "not JSON");
  }

  @Test
  void theSameTicketOrKeyIsTheSameJob() throws Exception {
    var first = form("to", "pdf", "ticket", "mine", "files@a", "x");
    var again = form("to", "pdf", "ticket", "mine", "files@a", "x");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.headers().firstValue("Location")).contains("/v1/jobs/mine");
    var keyed = keyed("order 17");
    assertThat(keyed("order 17")).isEqualTo(keyed).isNotEqualTo(keyed("order 18"));
    farm.finish(farm.published(new Ticket("mine")), zip("a.pdf", "pdf"));
    var done = form("to", "pdf", "ticket", "mine", "files@a", "other");
    assertThat(StatusJson.read(done.body().getBytes(UTF_8)).state()).isEqualTo(State.DONE);
    send("DELETE", "/v1/jobs/mine", "text/plain", "");
    assertProblem(form("to", "pdf", "ticket", "mine", "files@a", "x"), 409, "was deleted");
  }

  @Test
  void aStoreThatFailsIsToldAndTheSameTicketMayComeAgain() throws Exception {
    store.failNext(Operation.CREATE, Fault.UNAVAILABLE);
    var failed = form("to", "pdf", "ticket", "mine", "files@a", "x");
    assertProblem(failed, 503, "try again later.");
    assertThat(failed.headers().firstValue("Retry-After")).isPresent();
    assertThat(form("to", "pdf", "ticket", "mine", "files@a", "x").statusCode()).isEqualTo(202);
  }

  @Test
  void aRequestMayWaitForTheEnd() throws Exception {
    form("to", "pdf", "ticket", "mine", "files@a", "x");
    assertThat(state(get("/v1/jobs/mine?wait=10ms"))).isEqualTo("ENQUEUED");
    assertProblem(get("/v1/jobs/mine?wait=soon"), 400, "'wait'");
    var waiting = getLater("/v1/jobs/mine?wait=60s");
    farm.finish(farm.published(new Ticket("mine")), zip("a.pdf", "pdf"));
    assertThat(state(waiting.get(1, TimeUnit.MINUTES))).isEqualTo("DONE");
  }

  @Test
  void aJobsLifeIsToldAsEvents() throws Exception {
    form("to", "pdf", "ticket", "mine", "files@a", "x");
    var events = getLater("/v1/jobs/mine/events");
    farm.finish(farm.published(new Ticket("mine")), zip("a.pdf", "pdf"));
    assertThat(events.get(1, TimeUnit.MINUTES).body())
        .contains("event: done\n", "id: 1-DONE\n", "\"state\":\"DONE\"");
    assertThat(get("/v1/jobs/mine/events").body()).contains("event: done");
    var knowing =
        HttpRequest.newBuilder(uri("/v1/jobs/mine/events")).header("Last-Event-ID", "1-DONE");
    assertThat(client.send(knowing.build(), BodyHandlers.ofString()).body())
        .doesNotContain("event:");
    assertProblem(get("/v1/jobs/none/events"), 404, "no such ticket");
  }

  @Test
  void whatAJobLeftIsHandedOutWholeAndByFile() throws Exception {
    form("to", "pdf", "ticket", "mine", "files@a", "x");
    assertProblem(get("/v1/jobs/mine/output"), 409, "has no result yet");
    var zip = zip("a.pdf", "%PDF-0123456789", "b/ü 100%.txt", "text");
    finish("mine", zip, "a.pdf", "b/ü 100%.txt");
    var whole =
        client.send(
            HttpRequest.newBuilder(uri("/v1/jobs/mine/output")).build(),
            BodyHandlers.ofByteArray());
    assertThat(whole.body()).isEqualTo(zip);
    assertThat(whole.headers().firstValue("Content-Type")).contains("application/zip");
    var file = get("/v1/jobs/mine/output/a.pdf");
    assertThat(file.body()).isEqualTo("%PDF-0123456789");
    assertThat(file.headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(get("/v1/jobs/mine/output/b/%C3%BC%20100%25.txt").body()).isEqualTo("text");
    assertProblem(get("/v1/jobs/mine/output/c.pdf"), 404, "no file 'c.pdf'");
    var part =
        HttpRequest.newBuilder(uri("/v1/jobs/mine/output/a.pdf"))
            .header("Range", "bytes=5-7")
            .header("If-Range", file.headers().firstValue("ETag").orElseThrow());
    var some = client.send(part.build(), BodyHandlers.ofString());
    assertThat(some.statusCode()).isEqualTo(206);
    assertThat(some.body()).isEqualTo("012");
  }

  @Test
  void aDamagedResultDoesNotLeave() throws Exception {
    form("to", "pdf", "ticket", "mine", "files@a", "x");
    finish("mine", zip("a.pdf", "pdf"), "a.pdf");
    store.put("output/mine/result-1.zip", zip("a.pdf", "fdp"));
    assertProblem(get("/v1/jobs/mine/output"), 503, "could not be read whole");
    assertProblem(get("/v1/jobs/mine/output/a.pdf"), 503, "could not be read whole");
  }

  @Test
  void aFailedJobHasNoResultUnlessAPartOfItWillDo() throws Exception {
    form("to", "pdf", "ticket", "mine", "files@a", "x");
    farm.fail(farm.published(new Ticket("mine")), "it did not work");
    assertProblem(get("/v1/jobs/mine/output"), 409, "ended FAILED");
  }

  @Test
  void aClientThatGoesAwayHasItsConversionCancelled() throws Exception {
    var body = body("files@a.odt", "x");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), farm.httpPort())) {
      var request =
          "POST /forms/libreoffice/convert HTTP/1.1\r\nHost: x\r\n"
              + "Content-Type: multipart/form-data; boundary=line\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(UTF_8));
      await(() -> !farm.published().isEmpty());
    }
    var ticket = farm.published().getFirst().ticket();
    await(() -> farm.ledger().read(ticket).filter(s -> s.state() == State.CANCELLED).isPresent());
    await(() -> farm.withdrawn().contains(ticket));
  }

  @Test
  void conversionsThatAreAnsweredAtOnceGoToThePoolThatTheOperatorChose() throws Exception {
    var minutes = Duration.ofMinutes(3);
    var door = new DoorLimits(1_000_000, 5, List.of(), minutes, minutes, new Pool("big"));
    farm.close();
    farm = new TestFarm(store, folder.resolve("big"), TestFarm.DEFAULT, door);
    var asked = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    asked.add(posted("/forms/libreoffice/convert", "files@a.odt", "x"));
    asked.add(posted("/cool/convert-to/pdf", "data@a.odt", "x"));
    asked.add(posted("/lool/convert-to/pdf", "data@a.odt", "x"));
    await(() -> farm.published().size() == asked.size());
    for (var job : farm.published()) {
      assertThat(job.pool().name()).isEqualTo("big");
      finish(job.ticket().value(), zip("a.pdf", "pdf"), "a.pdf");
    }
    for (var answer : asked) {
      assertThat(answer.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    var until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private void finish(String ticket, byte[] zip, String... names) throws Exception {
    var key = "output/" + ticket + "/result-1.zip";
    store.put(key, zip);
    var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));
    var files = new ArrayList<Result.OutputFile>();
    for (var name : names) {
      files.add(new Result.OutputFile(name, 1));
    }
    farm.finish(
        farm.published(new Ticket(ticket)), new Result(key, zip.length, sha256, files, false));
  }

  private static byte[] zip(String... namesAndTexts) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private String keyed(String key) throws Exception {
    var request =
        HttpRequest.newBuilder(uri("/v1/jobs"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(
                BodyPublishers.ofString(
                    """
                    {"work": {"kind": "convert", "to": "pdf"}, "files": [{"name": "a", "text": ""}]}
                    """));
    var answer = client.send(request.build(), BodyHandlers.ofString());
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private CompletableFuture<HttpResponse<String>> posted(String path, String... fields) {
    var request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "multipart/form-data; boundary=line")
            .POST(BodyPublishers.ofString(body(fields)))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> form(String... fields) throws Exception {
    return send("POST", "/v1/jobs", "multipart/form-data; boundary=line", body(fields));
  }

  /** Names with an {@code @} are files: the field before it, the file's name behind it. */
  private static String body(String... fields) {
    var body = new StringBuilder();
    for (var i = 0; i < fields.length; i += 2) {
      var name = fields[i].split("@", 2);
      body.append("--line\r\nContent-Disposition: form-data; name=\"").append(name[0]).append('"');
      if (name.length == 2) {
        body.append("; filename=\"").append(name[1]).append('"');
      }
      body.append("\r\n\r\n").append(fields[i + 1]).append("\r\n");
    }
    return body.append("--line--\r\n").toString();
  }

  private HttpResponse<String> json(String message) throws Exception {
    return send("POST", "/v1/jobs", "application/json", message);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> getLater(String path) {
    return client.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String state(HttpResponse<String> answer) throws Exception {
    JsonNode tree = new ObjectMapper().readTree(answer.body());
    return tree.get("state").asText();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + farm.httpPort() + path);
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String part) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains(part);
  }
}
