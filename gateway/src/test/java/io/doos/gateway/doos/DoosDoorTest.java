package io.doos.gateway.doos;

import static io.doos.gateway.doos.Frames.concat;
import static io.doos.gateway.doos.Frames.frame;
import static io.doos.gateway.doos.Frames.latin;
import static io.doos.gateway.doos.Frames.payload;
import static io.doos.gateway.doos.Frames.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.gateway.access.Credentials;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Entrances;
import io.doos.gateway.tcp.TcpDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server over real sockets, with a handler written here. */
@Timeout(60)
class DoosDoorTest {

  private static final Limits PATIENT =
      Limits.DEFAULT.withTimes(
          Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2));
  private static final byte[] STATUS = frame(payload("statusJob;ticket=1"));

  /** Answers with the arguments and the files' sizes. */
  private static final RequestHandler ECHO =
      request -> {
        var text = new StringBuilder("[OK]");
        request.arguments().value("say").ifPresent(text::append);
        request
            .files()
            .forEach(file ->
                text.append(' ').append(file.name()).append(':').append(file.content().bytes()));
        return new Reply.Text(text.toString());
      };

  @TempDir private Path parent;
  private SpoolSpace space;
  private final List<TcpDoor> servers = new ArrayList<>();

  @BeforeEach
  void openSpace() throws IOException {
    space = SpoolSpace.open(new SpoolSpace.Config(parent, 64 * 1024, 1024 * 1024));
  }

  @AfterEach
  void nothingIsLeft() {
    servers.forEach(TcpDoor::close);
    assertThat(space.freeBytes()).isEqualTo(1024 * 1024);
    assertThat(space.folder()).isEmptyDirectory();
    space.close();
  }

  private TcpDoor start(Limits limits, int connections, RequestHandler handler) throws IOException {
    return start(limits, connections, Duration.ofSeconds(20), handler, () -> {});
  }

  private TcpDoor start(
      Limits limits, int connections, Duration grace, RequestHandler handler, Runnable terminate)
      throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = door(address, connections, grace, new DoosDoor(limits, space, handler, terminate));
    servers.add(server);
    server.start();
    return server;
  }

  private static TcpDoor door(
      InetSocketAddress address, int connections, Duration grace, DoosDoor reception)
      throws IOException {
    var place = Optional.of(new Entrances.Place(address, "a setting"));
    var entrances = new Entrances("doos door", place, Optional.empty(), connections, grace);
    return new TcpDoor(entrances, Optional.empty(), reception);
  }

  private TcpDoor lonely(InetSocketAddress address) throws IOException {
    return door(address, 1, Duration.ofSeconds(1), new DoosDoor(PATIENT, space, ECHO, () -> {}));
  }

  private static Socket connect(TcpDoor server) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  private static String ask(TcpDoor server, byte[]... pieces) throws IOException {
    try (var socket = connect(server)) {
      for (var piece : pieces) {
        socket.getOutputStream().write(piece);
      }
      return reply(socket.getInputStream());
    }
  }

  @Test
  void aRequestIsAnsweredAndTheConnectionClosed() throws IOException {
    var server = start(PATIENT, 10, ECHO);
    assertThat(ask(server, frame(payload("x;say= yes", "", "script", "ä.csv", "1234"))))
        .isEqualTo("[OK] yes :6 ä.csv:4");
  }

  @Test
  void aRequestThatComesByteByByteIsAnswered() throws IOException {
    var server = start(PATIENT, 10, ECHO);
    var pieces = new byte[STATUS.length][];
    for (var i = 0; i < pieces.length; i++) {
      pieces[i] = new byte[] {STATUS[i]};
    }
    assertThat(ask(server, pieces)).isEqualTo("[OK]");
  }

  @Test
  void aRequestLargerThanMemoryAllowsGoesThroughAFile() throws IOException {
    var seen = new ArrayList<Path>();
    var server =
        start(
            PATIENT,
            10,
            request -> {
              try (var files = Files.list(space.folder())) {
                files.forEach(seen::add);
              }
              return ECHO.answer(request);
            });
    assertThat(ask(server, frame(payload("x", "", "y".repeat(3_000_000)))))
        .isEqualTo("[OK] :3000000");
    assertThat(seen).hasSize(1);
  }

  @Test
  void aClientThatClosesItsSideAfterTheLastByteIsAnswered() throws IOException {
    var server = start(PATIENT, 10, ECHO);
    try (var socket = connect(server)) {
      socket.getOutputStream().write(STATUS);
      socket.shutdownOutput();
      assertThat(reply(socket.getInputStream())).isEqualTo("[OK]");
    }
  }

  @Test
  void anOldClientThatReadsOnceGetsAllOfASmallReply() throws IOException {
    var said = "x".repeat(4096 - 4);
    var server = start(PATIENT, 10, ECHO);
    try (var socket = connect(server)) {
      socket.getOutputStream().write(frame(payload("x;say=" + said)));
      var once = new byte[65536];
      var count = socket.getInputStream().read(once);
      assertThat(new String(once, 0, count, UTF_8)).startsWith("4137|").endsWith("|[OK]" + said);
    }
  }

  @Test
  void bytesAfterTheFrameDoNotEatTheReply() throws IOException {
    var server = start(PATIENT, 10, ECHO);
    for (var round = 0; round < 50; round++) {
      assertThat(ask(server, concat(STATUS, new byte[100_000]))).isEqualTo("[OK]");
    }
  }

  @Test
  void anEarlyErrorReachesAClientThatIsStillSending() throws IOException {
    var server = start(PATIENT.withFrameBytes(1000), 10, ECHO);
    try (var socket = connect(server)) {
      var large = frame(payload("x", "", "y".repeat(4_000_000)));
      socket.getOutputStream().write(large);
      assertThat(reply(socket.getInputStream()))
          .isEqualTo(
              "[ERROR] The frame has "
                  + (large.length - 8)
                  + " bytes, more than the 1000 allowed.");
    }
  }

  @Test
  void aWrongChecksumIsToldAndNothingElseHappens() throws IOException {
    var handled = new Semaphore(0);
    var server =
        start(
            PATIENT,
            10,
            request -> {
              handled.release();
              return ECHO.answer(request);
            });
    assertThat(ask(server, frame("0".repeat(40), payload("x"))))
        .isEqualTo("[ERROR] Checksum failed.");
    assertThat(handled.availablePermits()).isZero();
  }

  @Test
  void aFrameThatEndsEarlyIsTold() throws IOException {
    var server = start(PATIENT, 10, ECHO);
    try (var socket = connect(server)) {
      socket.getOutputStream().write(STATUS, 0, STATUS.length - 1);
      socket.shutdownOutput();
      assertThat(reply(socket.getInputStream()))
          .isEqualTo("[ERROR] The connection ended within the frame.");
    }
  }

  @Test
  void aClientThatLeavesWithoutAWordGetsNone() throws IOException {
    var server = start(PATIENT, 10, ECHO);
    try (var socket = connect(server)) {
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void aHeaderThatDoesNotComeInTimeIsTold() throws IOException {
    var limits =
        PATIENT.withTimes(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(100));
    var server = start(limits, 10, ECHO);
    try (var socket = connect(server)) {
      socket.getOutputStream().write(latin("12"));
      assertThat(reply(socket.getInputStream()))
          .isEqualTo("[ERROR] The frame's header did not come within 1 seconds.");
    }
  }

  @Test
  void aHeaderInSmallPiecesDoesNotGetMoreTime() throws Exception {
    var limits =
        PATIENT.withTimes(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMillis(100));
    var server = start(limits, 10, ECHO);
    try (var drip = new Drip(connect(server), latin("60|a"), Duration.ofMillis(20))) {
      assertThat(reply(drip.input())).startsWith("[ERROR] The frame's");
    }
  }

  @Test
  void aClientThatSendsNothingMoreIsTold() throws IOException {
    var limits =
        PATIENT.withTimes(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(100));
    var server = start(limits, 10, ECHO);
    try (var socket = connect(server)) {
      var whole = frame(payload("x", "", "y"));
      socket.getOutputStream().write(whole, 0, whole.length - 1);
      assertThat(reply(socket.getInputStream())).isEqualTo("[ERROR] Nothing came for 1 seconds.");
    }
  }

  @Test
  void argumentsInSmallPiecesDoNotGetMoreTime() throws Exception {
    var limits =
        PATIENT.withTimes(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMillis(100));
    var server = start(limits, 10, ECHO);
    var begun = latin("9000|" + "0".repeat(40) + "|statusJob");
    try (var drip = new Drip(connect(server), begun, Duration.ofMillis(20))) {
      assertThat(reply(drip.input()))
          .isEqualTo("[ERROR] The arguments did not come within 1 seconds.");
    }
  }

  @Test
  void aClientThatWillNotBeLetInIsToldSoBeforeItsFilesHaveCome() throws IOException {
    var server = start(PATIENT, 10, refusing("bad"));
    var good = frame(payload("token=good", "", "x".repeat(1_000_000)));
    assertThat(ask(server, good)).isEqualTo("[OK] :1000000");
    var bad = frame(payload("token=bad", "", "x".repeat(1_000_000)));
    for (var cut : List.of(bad.length, bad.length - 1, 80)) {
      try (var socket = connect(server)) {
        socket.getOutputStream().write(bad, 0, cut);
        assertThat(reply(socket.getInputStream())).isEqualTo("[ERROR] Not you.");
      }
    }
  }

  /** As {@link #ECHO}, but for whoever shows this token. */
  private static RequestHandler refusing(String token) {
    return new RequestHandler() {
      @Override
      public Reply answer(Request request) throws IOException, InterruptedException {
        return ECHO.answer(request);
      }

      @Override
      public Optional<String> refuses(Credentials credentials) {
        return credentials.token().filter(token::equals).map(_ -> "[ERROR] Not you.");
      }
    };
  }

  @Test
  void aClientThatNeverReadsLosesItsConnectionAndTheReplyItsFile() throws Exception {
    var limits =
        PATIENT.withTimes(Duration.ofSeconds(30), Duration.ofMillis(400), Duration.ofMillis(100));
    var written = new CountDownLatch(1);
    var server = start(limits, 1, largeReply(64 * 1024 * 1024, written));
    try (var socket = connect(server)) {
      socket.getOutputStream().write(STATUS);
      written.await();
      awaitEmptyFolder();
      assertThat(ask(server, latin("x"))).startsWith("[ERROR] ");
    }
  }

  @Test
  void aLargeReplyComesWhole() throws IOException {
    var server = start(PATIENT, 10, largeReply(5_000_000, new CountDownLatch(1)));
    try (var socket = connect(server)) {
      socket.getOutputStream().write(STATUS);
      assertThat(Frames.replyBytes(socket.getInputStream())).hasSize(5_000_000);
    }
  }

  @Test
  void tooManyClientsAreToldPolitelyAndPlacesAreGivenBack() throws Exception {
    var server = start(PATIENT, 2, ECHO);
    try (var first = connect(server);
        var second = connect(server)) {
      assertThat(ask(server, STATUS)).isEqualTo("[ERROR] Too many connections, try again later.");
      first.getOutputStream().write(STATUS);
      assertThat(reply(first.getInputStream())).isEqualTo("[OK]");
      second.getOutputStream().write(STATUS);
      assertThat(reply(second.getInputStream())).isEqualTo("[OK]");
    }
    assertThat(askUntilAdmitted(server)).isEqualTo("[OK]");
  }

  @Test
  void aHandlerThatFailsIsOurFaultAndHarmsNobodyElse() throws IOException {
    var server =
        start(
            PATIENT,
            10,
            request -> {
              if (request.arguments().has("fail")) {
                throw new IllegalStateException("on purpose");
              }
              return ECHO.answer(request);
            });
    assertThat(ask(server, frame(payload("fail"))))
        .isEqualTo("[ERROR] The gateway failed, try again later.");
    assertThat(ask(server, STATUS)).isEqualTo("[OK]");
  }

  @Test
  void farewellIsAnsweredBeforeTheProcessIsToldToStop() throws Exception {
    var told = new CountDownLatch(1);
    var server =
        start(PATIENT, 10, Duration.ofSeconds(5), _ -> new Reply.Farewell("[OK]"), told::countDown);
    assertThat(ask(server, STATUS)).isEqualTo("[OK]");
    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStoppingServerLetsSessionsFinishAndClosesSilentConnections() throws Exception {
    var inHandler = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var server =
        start(
            PATIENT,
            10,
            request -> {
              inHandler.countDown();
              goOn.await();
              return ECHO.answer(request);
            });
    try (var busy = connect(server);
        var silent = connect(server)) {
      busy.getOutputStream().write(STATUS);
      inHandler.await();
      var closing = Thread.ofVirtual().start(server::close);
      assertThat(endOf(silent)).isEqualTo(-1);
      assertThatThrownBy(() -> connect(server).close()).isInstanceOf(IOException.class);
      goOn.countDown();
      assertThat(reply(busy.getInputStream())).isEqualTo("[OK]");
      closing.join();
    }
  }

  @Test
  void sessionsThatDoNotFinishWithinTheGraceAreInterruptedAndSaySo() throws Exception {
    var inHandler = new CountDownLatch(1);
    var server =
        start(
            PATIENT,
            10,
            Duration.ofMillis(50),
            _ -> {
              inHandler.countDown();
              new CountDownLatch(1).await();
              return new Reply.Text("never");
            },
            () -> {});
    try (var socket = connect(server)) {
      socket.getOutputStream().write(STATUS);
      inHandler.await();
      var closing = Thread.ofVirtual().start(server::close);
      assertThat(reply(socket.getInputStream()))
          .isEqualTo("[ERROR] The gateway is stopping, try again later.");
      closing.join();
    }
  }

  @Test
  void itMayBeClosedTwiceAndBeforeItWasStarted() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = lonely(address);
    server.close();
    server.close();
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    var first = start(PATIENT, 1, ECHO);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());
    var second = lonely(address);
    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(String.valueOf(first.port()));
  }

  @Test
  void randomAndMutatedRequestsAreAnsweredOrDroppedAndLeaveNothing() throws IOException {
    var limits =
        PATIENT.withTimes(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(50));
    var server = start(limits, 100, ECHO);
    var random = new Random(1);
    var good = frame(payload("prepareJob", "", "x".repeat(100_000)));
    for (var round = 0; round < 300; round++) {
      var bytes = random.nextBoolean() ? good.clone() : new byte[random.nextInt(300)];
      for (var i = 0; i < 3 && bytes.length > 0; i++) {
        bytes[random.nextInt(Math.min(bytes.length, 100))] = (byte) random.nextInt(256);
      }
      try (var socket = connect(server)) {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        var answer = socket.getInputStream().readAllBytes();
        assertThat(new String(answer, UTF_8)).matches("|\\d+\\|[0-9a-f]{40}\\|\\[(OK|ERROR)].*");
      }
    }
    assertThat(ask(server, STATUS)).isEqualTo("[OK]");
  }

  private RequestHandler largeReply(int bytes, CountDownLatch written) {
    return _ -> {
      Spool spool = space.spool();
      spool.write(new byte[bytes]);
      written.countDown();
      return new Reply.Spooled(spool, Frames.sha1(new byte[bytes]));
    };
  }

  private void awaitEmptyFolder() throws Exception {
    try (var watcher = space.folder().getFileSystem().newWatchService()) {
      space.folder().register(watcher, java.nio.file.StandardWatchEventKinds.ENTRY_DELETE);
      while (!isEmpty(space.folder())) {
        var key = watcher.poll(100, TimeUnit.MILLISECONDS);
        if (key != null) {
          key.reset();
        }
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static String askUntilAdmitted(TcpDoor server) throws IOException {
    var answer = ask(server, STATUS);
    while (answer.contains("Too many")) {
      answer = ask(server, STATUS);
    }
    return answer;
  }

  private static int endOf(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (java.net.SocketException e) {
      return -1;
    }
  }
}
