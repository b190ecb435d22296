package io.doos.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.doos.common.health.HealthChecks;
import io.doos.common.http.HealthRoutes;
import io.doos.common.http.Route;
import io.doos.common.ledger.JobLedger;
import io.doos.common.queue.FakeBroker;
import io.doos.common.store.FakeObjectStore;
import io.doos.gateway.TestFarm;
import io.doos.gateway.access.Access;
import io.doos.gateway.intake.Intake;
import io.doos.gateway.results.Following;
import io.doos.gateway.results.JobNews;
import io.doos.gateway.results.Results;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tenants.Quota;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document and the door say the same. */
class OpenApiTest {

  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

  @TempDir private Path folder;

  @Test
  void everyRouteIsInTheDocumentAndNothingElse() throws Exception {
    var paths = new ObjectMapper().readTree(served()).get("paths");
    var documented = new ArrayList<String>();
    for (var path : paths.properties()) {
      for (var method : METHODS) {
        if (path.getValue().has(method)) {
          documented.add(method + " " + path.getKey());
        }
      }
    }
    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(routes().map(OpenApiTest::operation).toList());
  }

  @Test
  void theDocsHaveTheDocumentAsTheServerHasIt() throws Exception {
    assertThat(Files.readAllBytes(Path.of("../docs/openapi.json"))).isEqualTo(served());
  }

  private Stream<Route> routes() throws Exception {
    var store = new FakeObjectStore();
    var clock = InstantSource.system();
    var broker = new FakeBroker(clock);
    var ledger = new JobLedger(store, clock, new JobLedger.Rules(2, 5, Duration.ofDays(7)));
    try (var space = SpoolSpace.open(SpoolSpace.Config.in(folder))) {
      var quota = new Quota(Integer.MAX_VALUE);
      var intake = new Intake(TestFarm.INTAKE, store, ledger, broker.jobs(), space, quota, clock);
      var results = new Results(ledger, store, broker.control());
      var following = new Following(results, new JobNews(broker.events()));
      var rooms = new HttpDoor.Rooms(intake, results, following, space);
      var door = new HttpDoor.Config(TestFarm.DOOR, "secret");
      return Stream.concat(
          HealthRoutes.of(HealthChecks.NONE).stream(),
          HttpDoor.routes(door, rooms, new Guard(Access.OPEN)).stream());
    }
  }

  /** A variable for the rest of a path has no form of its own there. */
  private static String operation(Route route) {
    return route.method().toLowerCase(Locale.ROOT) + " " + route.path().replace("...}", "}");
  }

  private byte[] served() throws Exception {
    try (var farm = new TestFarm(new FakeObjectStore(), folder);
        var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + farm.httpPort() + "/openapi.json");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray()).body();
    }
  }
}
