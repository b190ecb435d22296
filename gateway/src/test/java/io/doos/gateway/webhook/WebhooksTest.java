package io.doos.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.doos.common.job.Ticket;
import io.doos.common.ledger.JobRecord;
import io.doos.common.status.State;
import io.doos.common.status.Status;
import io.doos.common.store.FakeObjectStore;
import io.doos.gateway.TestFarm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends of jobs, told to a server that sometimes does not want to hear. */
class WebhooksTest {

  private final FakeObjectStore store = new FakeObjectStore();
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
  @TempDir private Path folder;
  private HttpServer receiver;

  private record Told(String ticket, String timestamp, String signature, String body) {}

  @BeforeEach
  void listen() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::hear);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void hear(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    told.add(
        new Told(
            headers.getFirst("Doos-Ticket"),
            headers.getFirst("Doos-Timestamp"),
            headers.getFirst("Doos-Signature"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    var answer = answers.poll();
    if (answer != null && answer / 100 == 3) {
      exchange.getResponseHeaders().add("Location", url("/elsewhere"));
    }
    exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
    exchange.close();
  }

  @Test
  void anEndIsToldSignedAndAgainUntilItIsHeard() throws Exception {
    answers.add(500);
    answers.add(302); // not followed
    try (var farm = new TestFarm(store, folder)) {
      submit(farm, "mine");
      farm.fail(farm.published(new Ticket("mine")), "it did not work");
      for (var tries = 0; tries < 3; tries++) {
        var one = next();
        assertThat(one.ticket()).isEqualTo("mine");
        assertThat(one.signature()).isEqualTo("sha256=" + hmac(one.timestamp(), one.body()));
        assertThat(one.body()).contains("\"state\":\"FAILED\"", "it did not work");
      }
      awaitNoWish();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void whatADeadGatewayDidNotTellAnotherOneTells() throws Exception {
    JobRecord job;
    try (var dead = new TestFarm(store, folder)) {
      submit(dead, "mine");
      job = dead.published().getFirst();
    }
    try (var other = new TestFarm(store, folder)) {
      other.fail(job, "it did not work");
      assertThat(next().ticket()).isEqualTo("mine");
      awaitNoWish();
    }
  }

  @Test
  void aDeletedJobsEndIsNotTold() throws Exception {
    try (var farm = new TestFarm(store, folder)) {
      submit(farm, "mine");
      farm.ledger().delete(new Ticket("mine"));
      awaitNoWish();
      assertThat(told).isEmpty();
    }
  }

  private void submit(TestFarm farm, String ticket) throws Exception {
    var body =
        """
        {"ticket": "TICKET", "webhook": "URL", "work": {"kind": "convert", "to": "pdf"},
         "files": [{"name": "a.txt", "text": "a"}]}
        """
            .replace("TICKET", ticket)
            .replace("URL", url("/hook"));
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + farm.httpPort() + "/v1/jobs"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }
  }

  @Test
  void anAddressThatIsNotPublicIsNotReached() {
    var status =
        new Status(
            new Ticket("1"),
            State.ENQUEUED,
            new Status.Run(0, 1, null, null),
            new Status.Times(Instant.EPOCH, null, null),
            null,
            null,
            null,
            null);
    var sender = new WebhookSender(false, new Signature("secret"), InstantSource.system());
    for (var host : new String[] {"127.0.0.1", "localhost", "[::1]", "2130706433", "127.1"}) {
      var url = URI.create("http://" + host + ":" + receiver.getAddress().getPort() + "/");
      assertThatThrownBy(() -> sender.send(url, status, 1))
          .as(host)
          .isInstanceOf(IOException.class);
    }
    assertThat(told).isEmpty();
  }

  private void awaitNoWish() throws Exception {
    var until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!store.list("webhook/").isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private Told next() throws InterruptedException {
    var one = told.poll(1, TimeUnit.MINUTES);
    assertThat(one).as("somebody tells").isNotNull();
    return one;
  }

  private String url(String path) {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
  }

  private static String hmac(String timestamp, String body) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("webhook secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }
}
