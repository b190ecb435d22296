package io.doos.deploy.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.deploy.broker.PrivateRabbit;
import io.doos.deploy.fault.Farm;
import io.doos.deploy.fault.LinkFault;
import io.doos.deploy.fault.TcpRelay;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Offices of clients' own over UNO, in whole farms. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class UnoInAFarmTest {

  private static final String ANY_PORT = "uno.accept=socket,host=127.0.0.1,port=0;urp";
  private static final Pattern DOOR =
      Pattern.compile("The UNO door is open at .* \\(port (\\d+)\\)");

  @TempDir private Path temp;

  @Test
  void aClientOfAStandaloneFarmHasAnOfficeAndIsShownToPeopleAndCollectors() throws Exception {
    try (var farm = standalone("uno.idle-limit=1h");
        var client = new UnoClient(door(farm.log()))) {
      assertThat(client.first()).isEqualTo("served");
      assertThat(client.call()).isEqualTo("answered");
      assertThat(told(farm, "/readyz")).contains("{\"name\":\"uno-door\",\"ok\":true");
      assertThat(told(farm, "/metrics"))
          .contains("doos_uno_sessions{state=\"serving\"} 1.0")
          .contains("doos_uno_free_places 0.0");
      Until.holds(() -> told(farm, "/").contains("UNO client"));
      client.kill();
      Until.holds(() ->
          told(farm, "/metrics")
              .contains("doos_uno_sessions_ended_total{how=\"client_left\"} 1.0"));
    }
  }

  @Test
  void whoIsCutOffHalfOpenLosesItsOfficeAtTheIdleLimitAndTheNextClientGetsIt() throws Exception {
    try (var farm = standalone("uno.idle-limit=5s");
        var relay = new TcpRelay(door(farm.log()));
        var frozen = new UnoClient(relay.port())) {
      assertThat(frozen.first()).isEqualTo("served");
      relay.set(new LinkFault.Freeze());
      try (var next = new UnoClient(door(farm.log()))) {
        assertThat(next.first()).isEqualTo("served");
      }
      Until.holds(
          () -> told(farm, "/metrics").contains("doos_uno_sessions_ended_total{how=\"idle\"} 1.0"));
    }
  }

  @Test
  void aWorkerThatIsKilledEndsItsOwnSessionAndTheNextClientIsServedElsewhere() throws Exception {
    try (var rabbit = new PrivateRabbit(temp);
        var farm = Farm.start(temp.resolve("farm"), rabbit, 1, 2, ANY_PORT, "uno.max-sessions=1")) {
      var gateway = farm.gateways().getFirst();
      var port = door(gateway.said());
      try (var first = new UnoClient(port);
          var second = new UnoClient(port)) {
        assertThat(first.first()).isEqualTo("served");
        assertThat(second.first()).isEqualTo("served");
        var victim = farm.workers().getFirst();
        victim.kill();
        assertThat(List.of(first.call(), second.call()))
            .satisfiesOnlyOnce(answer -> assertThat(answer).isEqualTo("answered"))
            .satisfiesOnlyOnce(answer -> assertThat(answer).contains("Traceback"));
      }
      try (var next = new UnoClient(port)) {
        assertThat(next.first()).isEqualTo("served");
        assertThat(next.call()).isEqualTo("answered");
      }
      var health = told(farm.http(gateway).resolve("/readyz"));
      assertThat(health).contains("{\"name\":\"uno-door\",\"ok\":true");
      Until.holds(() ->
          told(farm.http(gateway).resolve("/metrics"))
              .contains("doos_uno_sessions_ended_total{how=\"office_ended\"} 1.0"));
    }
  }

  private FarmProcess standalone(String limit) throws Exception {
    return FarmProcess.start(
        temp.resolve("data"), "office.count=1", ANY_PORT, "uno.max-sessions=1", limit);
  }

  private static int door(String log) {
    var open = DOOR.matcher(log);
    if (!open.find()) {
      throw new IllegalStateException("the UNO door is not open");
    }
    return Integer.parseInt(open.group(1));
  }

  private static String told(FarmProcess farm, String path) throws Exception {
    return told(URI.create("http://127.0.0.1:" + farm.httpPort() + path));
  }

  private static String told(URI uri) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }
  }
}
