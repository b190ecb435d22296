package io.doos.gateway.doos;

import static io.doos.gateway.doos.Frames.frame;
import static io.doos.gateway.doos.Frames.latin;
import static io.doos.gateway.doos.Frames.payload;
import static io.doos.gateway.doos.Frames.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.tls.Authority;
import io.doos.common.tls.Tls;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Entrances;
import io.doos.gateway.tcp.TcpDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients that shake hands as they should and then do anything but ask. */
@Timeout(120)
class TlsStrangersTest {

  private static final Logger log = LoggerFactory.getLogger(TlsStrangersTest.class);
  private static final byte[] STATUS = frame(payload("statusJob;ticket=1"));

  private final AtomicInteger answered = new AtomicInteger();
  @TempDir private Path folder;
  private Authority authority;
  private SpoolSpace space;
  private final List<TcpDoor> servers = new ArrayList<>(1);

  @BeforeEach
  void prepare() throws Exception {
    authority = new Authority("test");
    space = SpoolSpace.open(new SpoolSpace.Config(folder.resolve("spool"), 65_536, 1 << 20));
  }

  @AfterEach
  void nothingIsLeft() {
    servers.forEach(TcpDoor::close);
    assertThat(space.freeBytes()).isEqualTo(1 << 20);
    assertThat(space.folder()).isEmptyDirectory();
    space.close();
  }

  private void start(Duration header, Duration progress) throws Exception {
    var certificate = folder.resolve("door.pem");
    var key = folder.resolve("door.key");
    authority.identity("door", "EC").write(certificate, key);
    var limits = Limits.DEFAULT.withTimes(header, progress, Duration.ofMillis(50));
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var entrances =
        new Entrances(
            "doos door",
            Optional.empty(),
            Optional.of(new Entrances.Place(here, "a setting")),
            10,
            Duration.ofSeconds(20));
    var reception =
        new DoosDoor(
            limits,
            space,
            _ -> {
              answered.incrementAndGet();
              return new Reply.Text("[OK]");
            },
            () -> {});
    var tls = Tls.of(new Tls.Files(certificate, key, Optional.empty()));
    var server = new TcpDoor(entrances, Optional.of(tls), reception);
    servers.add(server);
    server.start();
  }

  /** With its hands shaken. */
  private SSLSocket over(Socket plain) throws Exception {
    var socket =
        (SSLSocket) authority.client().getSocketFactory().createSocket(plain, "localhost", 1, true);
    socket.startHandshake();
    return socket;
  }

  private Socket plain() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), servers.getFirst().tlsPort());
  }

  private void assertServesOthers() throws Exception {
    try (var socket = over(plain())) {
      socket.getOutputStream().write(STATUS);
      assertThat(reply(socket.getInputStream())).isEqualTo("[OK]");
    }
  }

  @Test
  void randomWordsUnderTlsAreAnsweredOrDropped() throws Exception {
    start(Duration.ofMinutes(1), Duration.ofMinutes(1));
    var random = new Random(1);
    for (var round = 0; round < 50; round++) {
      var bytes = new byte[random.nextInt(1, 40_000)];
      random.nextBytes(bytes);
      try (var socket = over(plain())) {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
        assertThat(answer).matches("\\d+\\|[0-9a-f]{40}\\|\\[ERROR].*");
      }
    }
    assertServesOthers();
  }

  @Test
  void randomBytesInPlaceOfRecordsEndTheConnection() throws Exception {
    start(Duration.ofMinutes(1), Duration.ofMinutes(1));
    var random = new Random(2);
    for (var round = 0; round < 50; round++) {
      var bytes = new byte[random.nextInt(5, 40_000)];
      random.nextBytes(bytes);
      try (var plain = plain()) {
        over(plain).getOutputStream().write(STATUS, 0, round % STATUS.length);
        sendAndHearOut(plain, bytes);
      }
    }
    assertThat(answered).hasValue(0);
    assertServesOthers();
  }

  /** Until the connection ends, however it does. */
  private static void sendAndHearOut(Socket plain, byte[] bytes) {
    try {
      plain.getOutputStream().write(bytes);
      plain.shutdownOutput();
      plain.getInputStream().readAllBytes();
    } catch (IOException e) {
      log.debug("Cut off", e);
    }
  }

  @Test
  void aHelloInSmallPiecesDoesNotGetMoreTime() throws Exception {
    start(Duration.ofSeconds(1), Duration.ofMinutes(1));
    var hello = new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3, 0};
    try (var drip = new Drip(plain(), hello, Duration.ofMillis(20))) {
      assertThat(drip.input().readAllBytes().length).isLessThan(100);
    }
  }

  @Test
  void aHeaderInSmallRecordsDoesNotGetMoreTime() throws Exception {
    start(Duration.ofSeconds(5), Duration.ofMinutes(1));
    try (var drip = new Drip(over(plain()), latin("60|a"), Duration.ofMillis(20))) {
      assertThat(reply(drip.input())).startsWith("[ERROR] The frame's");
    }
  }

  @Test
  void argumentsInSmallRecordsDoNotGetMoreTime() throws Exception {
    start(Duration.ofMinutes(1), Duration.ofSeconds(1));
    var begun = latin("9000|" + "0".repeat(40) + "|statusJob");
    try (var drip = new Drip(over(plain()), begun, Duration.ofMillis(20))) {
      assertThat(reply(drip.input()))
          .isEqualTo("[ERROR] The arguments did not come within 1 seconds.");
    }
  }
}
