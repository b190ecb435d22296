package io.doos.gateway.cliser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.AddressList;
import io.doos.common.tls.Authority;
import io.doos.common.tls.Tls;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.NewToken;
import io.doos.gateway.access.RegisterFile;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Entrances;
import io.doos.gateway.tcp.TcpDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door over TLS, whose clients are the JDK's, with a farm that answers at once. */
@Timeout(120)
class CliserOverTlsTest {

  private static final String ROOT = "<root xmlns='http://www.w3.org/1999/XSL/Format'>";
  private static final String PATIENT = ROOT + "patient</root>";

  @TempDir private Path folder;
  private final NewToken acme = NewToken.make(new SecureRandom(), "acme", List.of("tenant=acme"));
  private final FakeDesk desk = new FakeDesk();
  private Authority authority;
  private SpoolSpace space;
  private TcpDoor door;

  @BeforeEach
  void start() throws Exception {
    authority = new Authority("test");
    var certificate = folder.resolve("door.pem");
    var key = folder.resolve("door.key");
    authority.identity("door", "EC").write(certificate, key);
    var register = folder.resolve("register");
    Files.writeString(register, acme.line() + "\nmill certificate:mill tenant=mill\n");
    var clients = authority.write(folder.resolve("ca.pem"));
    var tls = Tls.of(new Tls.Files(certificate, key, Optional.of(clients)));
    space = SpoolSpace.open(SpoolSpace.Config.in(folder.resolve("spool")));
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var place = Optional.of(new Entrances.Place(here, "a setting"));
    var access = new Access(AddressList.EVERYBODY, RegisterFile.open(register));
    door =
        new TcpDoor(
            new Entrances("CLISER door", Optional.empty(), place, 200, Duration.ofSeconds(10)),
            Optional.of(tls),
            new CliserDoor(CliserLimits.DEFAULT, space, access, desk));
    door.start();
  }

  @AfterEach
  void stop() {
    door.close();
    assertThat(desk.open()).isZero();
    assertThat(space.folder()).isEmptyDirectory();
    space.close();
  }

  private SSLSocket over(Socket plain, SSLContext context) throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 1, true);
  }

  private Socket plain() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), door.tlsPort());
  }

  private TestClient client(SSLContext context) throws IOException {
    return new TestClient(over(plain(), context)).greeted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aDocumentAndItsImageLargerThanARecordComeAndGoWhole(String version) throws Exception {
    var socket = over(plain(), authority.client());
    socket.setEnabledProtocols(new String[] {version});
    try (var client = new TestClient(socket).greeted()) {
      client.say("SET TOKEN " + acme.token() + "\n");
      var document = ROOT + "x".repeat(100_000) + "<external-graphic src='a.png'/></root>";
      client.send("doc.fo", document);
      assertThat(client.answer()).isEqualTo("QUERY a.png");
      client.send("a.png", "A".repeat(300_000));
      assertThat(client.pages()).isEqualTo(document + "|job:/a.png=" + "A".repeat(300_000));
      client.say("BYE\n");
      assertThat(client.line()).isEqualTo("(end)");
    }
    assertThat(desk.callers.getFirst().tenant()).contains("acme");
  }

  @Test
  void aCertificateOfOurAuthorityIsAsGoodAsAToken() throws Exception {
    try (var mill = client(authority.client(authority.identity("mill", "EC")))) {
      mill.send("doc.fo", ROOT + "mine</root>");
      assertThat(mill.pages()).contains("mine");
    }
    assertThat(desk.callers.getFirst().tenant()).contains("mill");
    for (var context :
        List.of(authority.client(authority.identity("stranger", "EC")), authority.client())) {
      try (var stranger = client(context)) {
        stranger.send("doc.fo", ROOT + "mine</root>");
        assertThat(stranger.answer()).startsWith("ERR A token is required");
      }
    }
    assertThat(desk.callers).hasSize(1);
  }

  /** While the farm works, the session waits for a moment at a time for what its client says. */
  @Test
  void aWordThatComesInTwoHalvesOfARecordWhileItFormatsIsUnderstood() throws Exception {
    var plain = new HoldingSocket(door.tlsPort());
    try (var client = new TestClient(over(plain, authority.client())).greeted()) {
      client.say("SET TOKEN " + acme.token() + "\n");
      for (var cut : List.of(1, 5, 6, 20)) {
        client.send("doc.fo", PATIENT);
        assertThat(client.line()).startsWith("LOG info Ticket");
        assertThat(client.line()).isEqualTo("LOG info Formatting begins");
        plain.hold();
        client.say("WARN so be it\n");
        plain.release(cut);
        var before = desk.looks();
        until(() -> desk.looks() > before + 5);
        plain.release(Integer.MAX_VALUE);
        desk.finish();
        assertThat(client.pages()).isEqualTo(PATIENT);
        desk.begin();
      }
      client.say("BYE\n");
      assertThat(client.line()).isEqualTo("(end)");
    }
  }

  @Test
  void whoLeavesWhileItFormatsWantsNoPages() throws Exception {
    try (var client = client(authority.client(authority.identity("mill", "EC")))) {
      client.send("doc.fo", PATIENT);
      assertThat(client.line()).startsWith("LOG info Ticket");
    }
    until(() -> desk.open() == 0);
    assertThat(desk.deleted).hasSize(1);
  }

  @Test
  void aClientThatSpeaksPlainlyIsCutOffAndOthersAreServed() throws Exception {
    try (var socket = plain()) {
      socket.getOutputStream().write("HELLO 2.0\n".getBytes(UTF_8));
      socket.shutdownOutput();
      var heard = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(heard).doesNotContain("HELLO");
    }
    try (var mill = client(authority.client(authority.identity("mill", "EC")))) {
      mill.send("doc.fo", ROOT + "good</root>");
      assertThat(mill.pages()).contains("good");
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void until(Condition condition) {
    while (!condition.holds()) {
      Thread.onSpinWait(); // the test's time-out ends it
    }
  }
}
