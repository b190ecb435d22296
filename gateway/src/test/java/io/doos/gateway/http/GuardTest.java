package io.doos.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.AddressList;
import io.doos.common.store.FakeObjectStore;
import io.doos.gateway.Guards;
import io.doos.gateway.TestFarm;
import io.doos.gateway.access.NewToken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP door of a whole gateway that asks who is there. */
class GuardTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final NewToken acme = NewToken.make(new SecureRandom(), "acme", List.of("tenant=acme"));
  private final NewToken watcher =
      NewToken.make(new SecureRandom(), "watcher", List.of("roles=watch"));
  @TempDir private Path folder;
  private Optional<TestFarm> farm = Optional.empty();

  @AfterEach
  void stop() {
    farm.ifPresent(TestFarm::close);
    client.close();
  }

  @Test
  void withoutATokenOnlyHealthIsTold() throws Exception {
    guarded(AddressList.EVERYBODY);
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
    var answer = ask("GET", "/v1/jobs/1");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Basic realm=\"doos\"")
        .contains("Bearer");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("urn:doos:unknown-caller", "A token is required.");
  }

  @Test
  void theTokenComesAsBearerOrAsThePasswordOfBasic() throws Exception {
    guarded(AddressList.EVERYBODY);
    var pair = Base64.getEncoder().encodeToString(("me:" + acme.token()).getBytes(UTF_8));
    for (var good : List.of("Bearer " + acme.token(), "bearer  " + acme.token(), "Basic " + pair)) {
      assertThat(ask("GET", "/v1/jobs/1", "Authorization", good).statusCode()).isEqualTo(404);
    }
    for (var bad :
        List.of("Bearer", "Bearer x", "Basic", "Basic %", "Digest x", "Bearer " + acme.line())) {
      assertThat(ask("GET", "/v1/jobs/1", "Authorization", bad).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aRoleThatIsMissingIsNamed() throws Exception {
    guarded(AddressList.EVERYBODY);
    var answer = ask("GET", "/v1/jobs/1", "Authorization", "Bearer " + watcher.token());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("urn:doos:not-permitted", "the role submit");
  }

  @Test
  void nobodyFromAnAddressThatIsNotAllowedIsAnswered() throws Exception {
    guarded(AddressList.parse("192.0.2.0/24"));
    var token = "Bearer " + acme.token();
    assertThat(ask("GET", "/v1/jobs/1", "Authorization", token).statusCode()).isEqualTo(403);
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(403);
  }

  @Test
  void pagesOfOtherSitesChangeNothingEvenInAnOpenFarm() throws Exception {
    open();
    var own = "http://127.0.0.1:" + farm.orElseThrow().httpPort();
    assertThat(ask("DELETE", "/v1/jobs/1", "Origin", own).statusCode()).isEqualTo(204);
    assertThat(ask("DELETE", "/v1/jobs/1", "Sec-Fetch-Site", "same-origin").statusCode())
        .isEqualTo(204);
    for (var origin : List.of("http://evil.example", "null", "%")) {
      assertThat(ask("DELETE", "/v1/jobs/1", "Origin", origin).statusCode()).isEqualTo(403);
    }
    for (var site : List.of("cross-site", "same-site")) {
      assertThat(ask("POST", "/v1/jobs/1/cancel", "Sec-Fetch-Site", site).statusCode())
          .isEqualTo(403);
    }
    assertThat(ask("GET", "/v1/jobs/1", "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(404);
  }

  private void open() throws Exception {
    farm = Optional.of(new TestFarm(new FakeObjectStore(), folder.resolve("spool")));
  }

  private void guarded(AddressList allowed) throws Exception {
    var register = folder.resolve("register");
    Files.writeString(register, acme.line() + "\n" + watcher.line() + "\n");
    var doors =
        new Guards(
            AddressList.EVERYBODY,
            allowed,
            AddressList.EVERYBODY,
            Optional.of(register),
            Optional.empty(),
            100);
    farm =
        Optional.of(
            new TestFarm(new FakeObjectStore(), folder.resolve("spool"), TestFarm.DEFAULT, doors));
  }

  private HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + farm.orElseThrow().httpPort() + path);
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
    for (var i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
