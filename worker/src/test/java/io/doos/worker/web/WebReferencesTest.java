package io.doos.worker.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.doos.common.format.SystemId;
import io.doos.common.web.WebHosts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files fetched from a server that is allowed, beside one that is not. */
class WebReferencesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> elsewhereRequests = new CopyOnWriteArrayList<>();
  private final CountDownLatch testEnds = new CountDownLatch(1);
  private HttpServer server;
  private HttpServer elsewhere;

  @BeforeEach
  void listen() throws Exception {
    server = serve(requests);
    elsewhere = serve(elsewhereRequests);
  }

  private HttpServer serve(List<String> seen) throws IOException {
    var made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    made.createContext(
        "/",
        exchange -> {
          seen.add(exchange.getRequestURI().toString());
          try (exchange) {
            answer(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    made.start();
    return made;
  }

  /** {@code /to?URL} redirects there, {@code /size/N} gives so many bytes; see also the tests. */
  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    var path = exchange.getRequestURI().toString();
    if (path.startsWith("/to?")) {
      exchange.getResponseHeaders().add("Location", path.substring("/to?".length()));
      exchange.sendResponseHeaders(302, -1);
    } else if (path.startsWith("/size/")) {
      var bytes = new byte[Integer.parseInt(path.substring("/size/".length()))];
      exchange.sendResponseHeaders(200, 0); // its length is not said
      exchange.getResponseBody().write(bytes);
    } else if (path.equals("/missing")) {
      exchange.sendResponseHeaders(404, -1);
    } else if (path.equals("/silent")) {
      testEnds.await();
    } else if (path.equals("/dripping")) {
      exchange.sendResponseHeaders(200, 0);
      for (int i = 0; i < 10_000 && testEnds.getCount() > 0; i++) {
        exchange.getResponseBody().write(1);
        exchange.getResponseBody().flush();
      }
      testEnds.await();
    } else {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(path.getBytes(UTF_8));
    }
  }

  @AfterEach
  void stop() {
    testEnds.countDown();
    server.stop(0);
    elsewhere.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private String elsewhereUrl(String path) {
    return "http://127.0.0.1:" + elsewhere.getAddress().getPort() + path;
  }

  private WebReferences references(String hosts, Duration timeout, long bytes, int count) {
    var allowed = hosts.replace("PORT", "" + server.getAddress().getPort());
    var config = new WebFetcher.Config(WebHosts.parse(allowed), timeout);
    return new WebReferences(new WebFetcher(config), folder.resolve("web"), bytes, count);
  }

  private WebReferences references() {
    return references("127.0.0.1:PORT", PATIENCE, 1_000_000, 100);
  }

  private static void fetch(WebReferences references, String... urls) throws Exception {
    var names = Arrays.stream(urls).map(url -> SystemId.parse(url).orElseThrow()).toList();
    references.<RuntimeException>fetch(names, () -> {});
  }

  @Test
  void whatIsAllowedIsFetchedOnce() throws Exception {
    var references = references();
    fetch(references, url("/a.png"), url("/b.png?x=1"), url("/missing"));
    fetch(references, url("/a.png"), url("/missing"), url("/c.png"));

    assertThat(requests).containsExactlyInAnyOrder("/a.png", "/b.png?x=1", "/missing", "/c.png");
    assertThat(references.files())
        .containsOnlyKeys(url("/a.png"), url("/b.png?x=1"), url("/c.png"));
    assertThat(references.files().get(url("/b.png?x=1"))).hasContent("/b.png?x=1");
    assertThat(references.failed())
        .containsExactlyEntriesOf(
            java.util.Map.of(url("/missing"), "was not given: the server answered 404"));
  }

  @Test
  void redirectsAreFollowedWithinWhatIsAllowed() throws Exception {
    var references = references();
    var many = "/to?".repeat(7) + "/end";
    fetch(references, url("/to?/to?/a.png"), url("/to?" + elsewhereUrl("/secret")), url(many));
    fetch(references, url("/to?file:///etc/passwd"));

    assertThat(references.files()).containsOnlyKeys(url("/to?/to?/a.png"));
    assertThat(references.failed().get(url("/to?" + elsewhereUrl("/secret"))))
        .isEqualTo(
            "is redirected to " + elsewhereUrl("") + ", which format.http-allow does not name");
    assertThat(references.failed().get(url(many))).isEqualTo("is redirected more than 5 times");
    assertThat(references.failed().get(url("/to?file:///etc/passwd")))
        .startsWith("is redirected to what is not on the web");
    assertThat(elsewhereRequests).isEmpty();
  }

  @Test
  void aNameOfAPrivateAddressIsCalledOnlyIfItIsNamed() throws Exception {
    var local = "http://localhost:" + server.getAddress().getPort() + "/a.png";
    var wide = references("*:PORT", PATIENCE, 1_000_000, 100);
    fetch(wide, local, url("/b.png"));
    assertThat(wide.files()).isEmpty();
    assertThat(wide.failed().values()).allMatch(why -> why.contains("that is not public"));
    assertThat(requests).isEmpty();

    var named = references("*:PORT,localhost:PORT", PATIENCE, 1_000_000, 100);
    fetch(named, local);
    assertThat(named.files()).containsOnlyKeys(local);
  }

  @Test
  void allTogetherIsNoMoreThanAJobMayBring() throws Exception {
    var references = references("127.0.0.1:PORT", PATIENCE, 100_000, 2);
    fetch(references, url("/size/90000"), url("/size/200000"));
    fetch(references, url("/size/1"));

    assertThat(references.files()).containsOnlyKeys(url("/size/90000"));
    assertThat(references.failed().get(url("/size/200000"))).startsWith("is too large");
    assertThat(references.failed().get(url("/size/1"))).contains("job.max-input-files");
    assertThat(bytesIn(folder)).isEqualTo(90_000);
  }

  private static long bytesIn(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void serversThatAreSlowAreNotWaitedFor() throws Exception {
    var references = references("127.0.0.1:PORT", Duration.ofMillis(300), 1_000_000, 100);
    fetch(references, url("/silent"), url("/dripping"));

    assertThat(references.files()).isEmpty();
    assertThat(references.failed().values())
        .hasSize(2)
        .allMatch(why -> why.startsWith("did not come within "));
  }

  @Test
  void nobodyWaitsForAJobThatIsStopped() {
    var references = references();
    var name = SystemId.parse(url("/silent")).orElseThrow();
    assertThatThrownBy(() ->
            references.fetch(
                List.of(name),
                () -> {
                  throw new InterruptedException("stopped");
                }))
        .hasMessage("stopped");
    assertThat(references.files()).isEmpty();
  }

  @Test
  void whereNobodyListensThatIsSaidWithoutCredentials() throws Exception {
    elsewhere.stop(0);
    var port = elsewhere.getAddress().getPort();
    var url = "http://anna:secret@127.0.0.1:" + port + "/a.png";
    var references = references("127.0.0.1:" + port, PATIENCE, 1_000_000, 100);
    fetch(references, url);
    assertThat(references.failed().get(url))
        .startsWith("could not be fetched: ")
        .doesNotContain("secret");
  }
}
