package io.doos.gateway.doos;

import static io.doos.gateway.doos.Frames.frame;
import static io.doos.gateway.doos.Frames.payload;
import static io.doos.gateway.doos.Frames.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.config.AddressList;
import io.doos.common.store.FakeObjectStore;
import io.doos.common.tls.Authority;
import io.doos.common.tls.CommonName;
import io.doos.common.tls.Tls;
import io.doos.gateway.Guards;
import io.doos.gateway.TestFarm;
import io.doos.gateway.access.NewToken;
import io.doos.gateway.cliser.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
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

/** A whole gateway with doors over TLS, whose clients are the JDK's. */
@Timeout(120)
class TlsDoorTest {

  private static final byte[] STATUS = frame(payload("statusJob;ticket=1"));
  private static final String UNKNOWN = "[ERROR] Unknown Ticket: 1.";

  @TempDir private Path folder;
  private final NewToken acme = NewToken.make(new SecureRandom(), "acme", List.of("tenant=acme"));
  private Authority authority;
  private Path certificate;
  private Path key;
  private TestFarm farm;

  @BeforeEach
  void start() throws Exception {
    authority = new Authority("test");
    certificate = folder.resolve("door.pem");
    key = folder.resolve("door.key");
    authority.identity("door", "EC").write(certificate, key);
    var register = folder.resolve("register");
    Files.writeString(register, acme.line() + "\nmill certificate:mill tenant=mill\n");
    var files =
        new Tls.Files(certificate, key, Optional.of(authority.write(folder.resolve("ca.pem"))));
    farm =
        new TestFarm(
            new FakeObjectStore(),
            folder.resolve("spool"),
            TestFarm.DEFAULT,
            new Guards(
                AddressList.EVERYBODY,
                AddressList.EVERYBODY,
                AddressList.EVERYBODY,
                Optional.of(register),
                Optional.of(files),
                100));
  }

  @AfterEach
  void stop() {
    farm.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aRequestIsAnsweredAndTheReplyEndsInOrder(String version) throws Exception {
    var request = frame(payload("statusJob;ticket=1;token=" + acme.token()));
    try (var socket = connect(authority.client())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.getOutputStream().write(request);
      assertThat(reply(socket.getInputStream())).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void aJobLargerThanARecordComesAndGoesWhole() throws Exception {
    var script = "Sub Main\nEnd Sub\n' " + "x".repeat(300_000);
    var request = frame(payload("prepareJob;initFunc=Main;token=" + acme.token(), "", script));
    assertThat(ask(authority.client(), request)).startsWith("[OK] Ticket:");
    var job = farm.published().getFirst();
    assertThat(job.message().tenant()).isEqualTo("acme");
    var zip = new byte[500_000];
    farm.finish(job, zip);
    var fetch = frame(payload("returnJob;ticket=" + job.ticket() + ";token=" + acme.token()));
    assertThat(ask(authority.client(), fetch)).hasSizeGreaterThan(zip.length);
  }

  @Test
  void aCertificateOfOurAuthorityIsAsGoodAsAToken() throws Exception {
    var mill = authority.client(authority.identity("mill", "RSA"));
    assertThat(ask(mill, STATUS)).isEqualTo(UNKNOWN);
    var stranger = authority.client(authority.identity("stranger", "EC"));
    assertThat(ask(stranger, STATUS)).isEqualTo("[ERROR] A token is required.");
    assertThat(ask(authority.client(), STATUS)).isEqualTo("[ERROR] A token is required.");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotLetIn() throws Exception {
    var forged = new Authority("test").identity("mill", "EC");
    assertThatThrownBy(() -> ask(authority.client(forged), STATUS)).isInstanceOf(IOException.class);
    assertThat(ask(authority.client(authority.identity("mill", "EC")), STATUS)).isEqualTo(UNKNOWN);
  }

  @Test
  void aRenewedCertificateServesTheConnectionsAfterIt() throws Exception {
    assertThat(nameOfDoor()).isEqualTo("door");
    authority.identity("renewed", "RSA").write(certificate, key);
    until(() -> nameOfDoor().equals("renewed"));
  }

  @Test
  void aKeyThatDoesNotFitIsNotTakenUpAndTheNextGoodPairIs() throws Exception {
    var better = authority.identity("better", "EC");
    better.write(certificate, folder.resolve("elsewhere.key"));
    assertThat(nameOfDoor()).isEqualTo("door");
    better.write(certificate, key);
    until(() -> nameOfDoor().equals("better"));
  }

  @Test
  void aClientThatSpeaksPlainlyIsCutOffAndOthersAreServed() throws Exception {
    try (var plain = new Socket(InetAddress.getLoopbackAddress(), farm.tlsPort())) {
      plain.getOutputStream().write(STATUS);
      plain.shutdownOutput();
      assertThat(
              new String(
                  plain.getInputStream().readAllBytes(),
                  java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("[");
    }
    assertThat(ask(authority.client(), STATUS)).isEqualTo("[ERROR] A token is required.");
  }

  @Test
  void manyClientsThatNeverShakeHandsDoNotHurtAGoodOne() throws Exception {
    var silent = new ArrayList<Socket>();
    try {
      for (var i = 0; i < 300; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), farm.tlsPort());
        silent.add(socket);
        // the beginning of a hello that never comes whole
        socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0});
      }
      assertThat(ask(authority.client(), STATUS)).isEqualTo("[ERROR] A token is required.");
    } finally {
      for (var socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void theHttpDoorTakesTokensAndCertificatesOverTlsToo() throws Exception {
    assertThat(get(authority.client(), Optional.of(acme.token()))).isEqualTo(404);
    assertThat(get(authority.client(), Optional.empty())).isEqualTo(401);
    assertThat(get(authority.client(authority.identity("mill", "EC")), Optional.empty()))
        .isEqualTo(404);
    assertThat(get(authority.client(authority.identity("stranger", "EC")), Optional.empty()))
        .isEqualTo(401);
  }

  @Test
  void theCliserDoorKnowsItsClientsByTheSameCertificates() throws Exception {
    var mill = authority.client(authority.identity("mill", "EC"));
    try (var client = new TestClient(connect(mill, farm.cliserTlsPort())).greeted()) {
      client.send("doc.fo", "<root xmlns='http://www.w3.org/1999/XSL/Format'/>");
      assertThat(client.line()).startsWith("LOG info Ticket");
    }
    assertThat(farm.published().getFirst().message().tenant()).isEqualTo("mill");
  }

  private int get(SSLContext context, Optional<String> token) throws Exception {
    var uri = URI.create("https://localhost:" + farm.httpTlsPort() + "/v1/jobs/1");
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    try (var client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  private String nameOfDoor() throws Exception {
    try (var socket = connect(authority.client())) {
      socket.startHandshake();
      return CommonName.ofPeer(socket.getSession()).orElseThrow();
    }
  }

  private String ask(SSLContext context, byte[] request) throws IOException {
    try (var socket = connect(context)) {
      socket.getOutputStream().write(request);
      return reply(socket.getInputStream());
    }
  }

  private SSLSocket connect(SSLContext context) throws IOException {
    return connect(context, farm.tlsPort());
  }

  private static SSLSocket connect(SSLContext context, int port) throws IOException {
    var address = InetAddress.getLoopbackAddress();
    return (SSLSocket) context.getSocketFactory().createSocket(address, port);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(Condition condition) throws Exception {
    while (!condition.holds()) {
      Thread.onSpinWait(); // the test's time-out ends it
    }
  }
}
