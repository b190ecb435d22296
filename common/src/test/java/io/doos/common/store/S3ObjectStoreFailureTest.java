package io.doos.common.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S3ObjectStore against a server that says, or fails to say, what the test wants. */
final class S3ObjectStoreFailureTest {

  private static final String SECRET = "a-secret-that-nobody-may-see";
  private static final Duration SHORT = Duration.ofMillis(300);

  /** One answer per connection; null keeps silent until the client goes. */
  private final Queue<String> answers = new ArrayDeque<>();

  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);
  private ServerSocket server;
  private S3ObjectStore store;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    store = storeAt(server.getLocalPort(), SHORT);
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
    server.close();
  }

  @Test
  void nobodyListeningIsUnavailable() throws IOException {
    server.close();
    assertThat(failure())
        .isInstanceOf(StoreFailure.Unavailable.class)
        .hasMessageContaining("GET k");
  }

  @Test
  void aServerThatKeepsSilentIsUnavailable() {
    assertThat(failure())
        .isInstanceOf(StoreFailure.Unavailable.class)
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aServerThatIsBusyThreeTimesIsUnavailable() {
    answers.addAll(List.of(answer(503, "slow down"), answer(503, ""), answer(500, "oops")));
    assertThat(failure())
        .isInstanceOf(StoreFailure.Unavailable.class)
        .hasMessageContaining("HTTP 500");
    assertThat(connections).hasValue(3);
  }

  @Test
  void aServerThatIsBusyOnceIsAskedAgain() throws StoreFailure {
    answers.addAll(List.of(answer(503, ""), answer(200, "content")));
    assertThat(store.read("k")).contains("content".getBytes(UTF_8));
  }

  @Test
  void aConflictOfTwoConditionalWritesIsAskedAgain() throws StoreFailure {
    answers.addAll(List.of(answer(409, error("ConditionalRequestConflict")), answer(412, "")));
    assertThat(store.create("k", new byte[1])).isFalse();
  }

  @Test
  void whatIsNotS3IsRefusedRatherThanTakenForAMissingObject() {
    answers.add(answer(404, "<html>no such page</html>"));
    assertThat(failure())
        .isInstanceOf(StoreFailure.Refused.class)
        .hasMessageContaining("is there an S3 store at this address?");
  }

  @Test
  void aMissingObjectIsEmptyAMissingBucketRefused() throws StoreFailure {
    answers.addAll(List.of(answer(404, error("NoSuchKey")), answer(404, error("NoSuchBucket"))));
    assertThat(store.read("k")).isEmpty();
    assertThat(failure())
        .isInstanceOf(StoreFailure.Refused.class)
        .hasMessageContaining("NoSuchBucket");
  }

  @Test
  void aForbiddenCallIsRefused() {
    answers.add(answer(403, error("AccessDenied")));
    assertThat(failure())
        .isInstanceOf(StoreFailure.Refused.class)
        .hasMessageContaining("AccessDenied");
  }

  @Test
  void aRedirectIsNotFollowed() {
    answers.add(
        "HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
    assertThat(failure()).isInstanceOf(StoreFailure.Refused.class).hasMessageContaining("307");
  }

  @Test
  void aBodyCutShortIsAnIoExceptionNeverAnEarlyEnd() throws Exception {
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
    try (var opened = store.open("k").orElseThrow()) {
      assertThat(opened.bytes()).isEqualTo(1000);
      assertThatThrownBy(() -> opened.content().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aChunkedBodyCutShortIsNoEarlyEndEither() {
    answers.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nonly \r\n");
    assertThat(failure()).isInstanceOf(StoreFailure.Unavailable.class);
  }

  @Test
  void aBodyOfUnknownLengthIsNotOpened() {
    answers.add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
    assertThatThrownBy(() -> store.open("k")).isInstanceOf(StoreFailure.Refused.class);
  }

  @Test
  void aListingCutShortIsUnavailable() {
    answers.add(answer(200, "<ListBucketResult><Contents><Key>a</Key>"));
    assertThatThrownBy(() -> store.list("")).isInstanceOf(StoreFailure.Unavailable.class);
  }

  @Test
  void anInterruptEndsACallAndStaysSet() throws Exception {
    try (var patient = storeAt(server.getLocalPort(), Duration.ofMinutes(5))) {
      var thrown = new CompletableFuture<@Nullable Throwable>();
      var stillSet = new AtomicBoolean();
      var caller =
          Thread.ofVirtual()
              .start(() -> {
                thrown.complete(catchThrowable(() -> patient.read("k")));
                stillSet.set(Thread.currentThread().isInterrupted());
              });
      asked.await();
      caller.interrupt();
      caller.join();
      assertThat(thrown.get())
          .isInstanceOf(StoreFailure.Unavailable.class)
          .hasMessageContaining("interrupted");
      assertThat(stillSet).isTrue();
    }
  }

  @Test
  void theSecretKeyIsNowhereToBeSeen() {
    answers.add(answer(403, error("SignatureDoesNotMatch")));
    var failure = failure();
    assertThat(failure).hasMessageContaining("check access key and secret key");
    assertThat(failure).hasStackTraceContaining("Refused");
    assertThat(stackTrace(failure)).doesNotContain(SECRET);
    assertThat(store.toString()).contains("bucket").doesNotContain(SECRET);
  }

  @Test
  void aUrlThatIsNoEndpointIsRefusedAtOnce() {
    for (var url : List.of("127.0.0.1:9000", "ftp://host", "http://host/path")) {
      assertThatThrownBy(() -> config(URI.create(url), SHORT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(url);
    }
  }

  private Throwable failure() {
    return catchThrowable(() -> store.read("k"));
  }

  private static String stackTrace(Throwable thrown) {
    var text = new java.io.StringWriter();
    thrown.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }

  private static S3ObjectStore storeAt(int port, Duration silence) {
    return new S3ObjectStore(config(URI.create("http://127.0.0.1:" + port), silence));
  }

  private static S3ObjectStore.Config config(URI url, Duration silence) {
    return new S3ObjectStore.Config(
        url,
        "bucket",
        null,
        "access",
        SECRET,
        new S3ObjectStore.Timeouts(Duration.ofSeconds(5), silence, silence.multipliedBy(10)));
  }

  private static String error(String code) {
    return "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>why</Message></Error>";
  }

  private static String answer(int status, String body) {
    var type = body.startsWith("<?xml") ? "application/xml" : "text/plain";
    return "HTTP/1.1 %d Status\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(status, type, body.length(), body);
  }

  private void serve() {
    try {
      while (true) {
        var client = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void answer(Socket client) {
    try (client) {
      var in = client.getInputStream();
      var header = new StringBuilder();
      while (header.indexOf("\r\n\r\n") < 0) {
        var next = in.read();
        if (next < 0) {
          return;
        }
        header.append((char) next);
      }
      asked.countDown();
      var answer = answers.poll();
      if (answer == null) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      } else {
        client.getOutputStream().write(answer.getBytes(UTF_8));
      }
    } catch (IOException e) {
      // the client went away
    }
  }
}
