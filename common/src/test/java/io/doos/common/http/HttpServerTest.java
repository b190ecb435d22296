package io.doos.common.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server over real sockets, with routes that show what handlers may count on. */
class HttpServerTest {

  private static final String TEN = "0123456789";

  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    start(Duration.ofMinutes(2));
  }

  private void start(Duration idleTimeout) throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        new HttpServer(
            new HttpServer.Config("test door", address, "none", 100, idleTimeout), routes());
    server.start();
  }

  @AfterEach
  void stop() {
    go.countDown();
    server.close();
    client.close();
  }

  private List<Route> routes() {
    return List.of(
        new Route("GET", "/echo/{one}/{rest...}", HttpServerTest::echo),
        new Route("GET", "/ten", _ -> ten()),
        new Route("GET", "/broken", _ -> HttpAnswer.streamed("text/plain", new Broken())),
        new Route("POST", "/parts", HttpServerTest::parts),
        new Route(
            "POST",
            "/refused",
            _ -> {
              throw Problem.of(413, "Too much.").with("Retry-After", "7");
            }),
        new Route(
            "GET",
            "/bug",
            _ -> {
              throw new IllegalStateException("as planned");
            }),
        new Route("GET", "/other", _ -> HttpAnswer.seeOther("/ten")),
        new Route("GET", "/events", _ -> HttpAnswer.events(HttpServerTest::events)),
        new Route("GET", "/wait", this::untilGo),
        new Route("POST", "/watch", this::untilGone),
        StaticRoutes.of("/static", HttpServerTest.class.getClassLoader(), "io/doos/common/http"));
  }

  private static HttpAnswer echo(HttpRequest request) throws Problem {
    var tree =
        Json.object()
            .put("method", request.method())
            .put("one", request.variable("one"))
            .put("rest", request.variable("rest"))
            .put("query", String.join(",", request.queries("q")))
            .put("header", request.header("X-Test").orElse("none"))
            .put("secure", request.isSecure())
            .put("remote", request.remote().isLoopbackAddress());
    return HttpAnswer.ok(tree).with("X-More", "yes");
  }

  private static HttpAnswer ten() {
    return HttpAnswer.streamed("text/plain", new Ten()).with("ETag", "\"ten\"");
  }

  private static HttpAnswer parts(HttpRequest request) throws Problem, IOException {
    var found = new ArrayList<String>();
    Multipart.read(
        request,
        3,
        part ->
            new ByteArrayOutputStream() {
              @Override
              public void close() {
                found.add(
                    part.name()
                        + part.fileName().map(n -> "(" + n + ")").orElse("")
                        + "="
                        + size());
              }
            });
    return HttpAnswer.text("text/plain", String.join(" ", found));
  }

  private static void events(EventSink sink) throws IOException {
    sink.send("1", "one", "first\nsecond");
    sink.heartbeat();
    sink.send("2", "two", "{}");
  }

  private HttpAnswer untilGo(HttpRequest request) throws InterruptedException {
    begun.countDown();
    while (!go.await(10, TimeUnit.MILLISECONDS)) {
      assertThat(request.isClientGone()).isFalse();
    }
    return HttpAnswer.empty(204);
  }

  private HttpAnswer untilGone(HttpRequest request) throws IOException, InterruptedException {
    request.body().readAllBytes();
    begun.countDown();
    while (!request.isClientGone() && !go.await(10, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
    gone.countDown();
    return HttpAnswer.empty(204);
  }

  @Test
  void aHandlerSeesTheWholeRequest() throws Exception {
    var answer =
        send(
            "GET",
            "/echo/a%20b/c/d%25e.txt?q=1&q=%C3%A4+b",
            "X-Test",
            "there",
            BodyPublishers.noBody());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-More")).contains("yes");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.body())
        .isEqualTo(
            "{\"method\":\"GET\",\"one\":\"a b\",\"rest\":\"c/d%e.txt\",\"query\":\"1,ä b\","
                + "\"header\":\"there\",\"secure\":false,\"remote\":true}");
    assertThat(get("/echo/a/").statusCode()).isEqualTo(404);
  }

  @Test
  void aStreamGoesWholeOrByTheRangeThatIsAskedFor() throws Exception {
    var whole = get("/ten");
    assertThat(whole.body()).isEqualTo(TEN);
    assertThat(whole.headers().firstValue("Content-Length")).contains("10");
    assertThat(whole.headers().firstValue("Accept-Ranges")).contains("bytes");
    assertRange("bytes=0-0", "0", "bytes 0-0/10");
    assertRange("bytes=7-", "789", "bytes 7-9/10");
    assertRange("bytes=8-99", "89", "bytes 8-9/10");
    assertRange("bytes=-2", "89", "bytes 8-9/10");
    for (var whatIsNoSingleRange : List.of("bytes=0-1,3-4", "lines=1-2", "bytes=5-2", "bytes=-")) {
      assertThat(range(whatIsNoSingleRange).statusCode()).isEqualTo(200);
    }
    var outside = range("bytes=10-");
    assertThat(outside.statusCode()).isEqualTo(416);
    assertThat(outside.headers().firstValue("Content-Range")).contains("bytes */10");
    var head = send("HEAD", "/ten", "X-Test", "-", BodyPublishers.noBody());
    assertThat(head.headers().firstValue("Content-Length")).contains("10");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aRangeOfWhatHasChangedIsTheWhole() throws Exception {
    for (var etag : List.of("\"ten\"", "\"other\"")) {
      var request =
          java.net.http.HttpRequest.newBuilder(uri("/ten"))
              .header("Range", "bytes=9-")
              .header("If-Range", etag)
              .build();
      var answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo(etag.equals("\"ten\"") ? "9" : TEN);
    }
  }

  @Test
  void aStreamThatBreaksCutsTheConnection() throws Exception {
    try (var socket = connect()) {
      say(socket, "GET /broken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(heard(socket)).doesNotContain(TEN);
    }
  }

  @Test
  void partsOfAFormComeOneAfterTheOther() throws Exception {
    var body =
        part("form-data; name=kind", "macro")
            + part("form-data; name=files; filename=\"ä b.odt\"", "x".repeat(100_000))
            + part("form-data; name=\"files\"; filename*=UTF-8''%C3%BC.odt", "")
            + "--line--\r\n";
    assertThat(post("/parts", body).body())
        .isEqualTo("kind=5 files(ä b.odt)=100000 files(ü.odt)=0");
  }

  @Test
  void whatIsNoFormOrHasTooManyPartsIsRefused() throws Exception {
    var four = part("form-data; name=a", "b").repeat(4) + "--line--\r\n";
    assertThat(post("/parts", four).statusCode()).isEqualTo(400);
    var cut = part("form-data; name=a", "b");
    assertThat(post("/parts", cut).body()).contains("The body is not multipart/form-data");
    assertThat(post("/parts", "nonsense").statusCode()).isEqualTo(400);
    var noBoundary =
        send("POST", "/parts", "Content-Type", "multipart/form-data", BodyPublishers.ofString("x"));
    assertThat(noBoundary.body()).contains("names no boundary");
  }

  @Test
  void aRefusedBodyDoesNotEatTheRefusal() throws Exception {
    var answer =
        send("POST", "/refused", "X-Test", "-", BodyPublishers.ofByteArray(new byte[8_000_000]));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
  }

  @Test
  void aBugIsToldWithoutItsInsides() throws Exception {
    var answer = get("/bug");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("the log says why").doesNotContain("as planned");
  }

  @Test
  void aClientIsSentElsewhere() throws Exception {
    assertThat(get("/other").headers().firstValue("Location")).contains("/ten");
  }

  @Test
  void eventsComeInTheFormOfTheHtmlStandard() throws Exception {
    var answer = get("/events");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(answer.body().lines())
        .containsExactly(
            ":",
            "",
            "id: 1",
            "event: one",
            "data: first",
            "data: second",
            "",
            ":",
            "",
            "id: 2",
            "event: two",
            "data: {}",
            "");
  }

  @Test
  void filesOfTheClassPathAreServedAndNothingElseOfIt() throws Exception {
    var css = get("/static/test.css");
    assertThat(css.body()).contains("color: black");
    assertThat(css.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
    for (var no :
        List.of("none.css", "HttpServerTest.class", "../json/JsonTest.class", "%2e%2e/x.y")) {
      assertThat(get("/static/" + no).statusCode()).isIn(400, 404);
    }
  }

  @Test
  void whoWaitsForAnAnswerIsNotIdle() throws Exception {
    server.close();
    start(Duration.ofMillis(50));
    var waiting =
        client.sendAsync(
            java.net.http.HttpRequest.newBuilder(uri("/wait")).build(), BodyHandlers.ofString());
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    try (var other = connect()) {
      assertThat(heard(other)).isEmpty(); // the server hangs up on one that says nothing
    }
    go.countDown();
    assertThat(waiting.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(204);
  }

  @Test
  void whoStopsInTheMiddleOfABodyIsTold() throws Exception {
    server.close();
    start(Duration.ofMillis(50));
    try (var socket = connect()) {
      say(socket, "POST /watch HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(heard(socket)).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void aHandlerThatWaitsCanSeeThatItsClientHasGone() throws Exception {
    try (var socket = connect()) {
      say(socket, "POST /watch HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
      assertThat(gone.getCount()).isEqualTo(1);
    }
    assertThat(gone.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aRequestThatCameWhileItsElderWasWatchedIsAnsweredToo() throws Exception {
    try (var socket = connect()) {
      say(socket, "POST /watch HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
      assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
      say(socket, "GET /ten HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(gone.await(100, TimeUnit.MILLISECONDS)).isFalse();
      go.countDown();
      assertThat(heard(socket)).startsWith("HTTP/1.1 204").endsWith(TEN);
    }
  }

  private static String part(String disposition, String content) {
    return "--line\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n";
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    var type = "multipart/form-data; boundary=line";
    return send("POST", path, "Content-Type", type, BodyPublishers.ofString(body));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "X-Test", "-", BodyPublishers.noBody());
  }

  private HttpResponse<String> range(String range) throws Exception {
    return send("GET", "/ten", "Range", range, BodyPublishers.noBody());
  }

  private void assertRange(String asked, String part, String where) throws Exception {
    var answer = range(asked);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(part);
    assertThat(answer.headers().firstValue("Content-Range")).contains(where);
  }

  private HttpResponse<String> send(
      String method,
      String path,
      String header,
      String value,
      java.net.http.HttpRequest.BodyPublisher body)
      throws Exception {
    var request =
        java.net.http.HttpRequest.newBuilder(uri(path))
            .header(header, value)
            .method(method, body)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String heard(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Ten bytes, any part of which can be had. */
  private record Ten() implements HttpContent {
    @Override
    public long length() {
      return TEN.length();
    }

    @Override
    public void write(long from, long count, OutputStream target) throws IOException {
      target.write(TEN.getBytes(StandardCharsets.US_ASCII), (int) from, (int) count);
    }

    @Override
    public void close() {}
  }

  /** Ten bytes that cannot be read. */
  private record Broken() implements HttpContent {
    @Override
    public long length() {
      return TEN.length();
    }

    @Override
    public void write(long from, long count, OutputStream target) throws IOException {
      target.write('0');
      throw new IOException("as planned");
    }

    @Override
    public void close() {}
  }
}
