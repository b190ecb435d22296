package io.doos.common.uno;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The door with echoes for offices. */
@Timeout(120)
class UnoDoorTest {

  private volatile boolean welcome = true;
  private final EchoPlaces places = new EchoPlaces(1);
  private UnoDoor door = doorOf(Duration.ofMinutes(1));

  private UnoDoor doorOf(Duration patience) {
    return new UnoDoor(
        new UnoDoor.Config(
            new UnoAddress.Tcp("127.0.0.1", 0),
            from -> welcome,
            patience,
            Duration.ofMinutes(1),
            8,
            new SessionLimits(Duration.ofHours(1), Duration.ofHours(1)),
            Duration.ofMillis(10)),
        places,
        InstantSource.system());
  }

  @AfterEach
  void close() {
    door.close();
    door.close();
    places.close();
  }

  private Socket client() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), door.view().port());
  }

  private static String exchange(Socket client, String said) throws IOException {
    client.getOutputStream().write(said.getBytes(US_ASCII));
    return new String(client.getInputStream().readNBytes(said.length()), US_ASCII);
  }

  @Test
  void whatAClientSaysGoesToItsOfficeAndBack() throws Exception {
    door.start();
    try (var client = client()) {
      assertThat(exchange(client, "hello")).isEqualTo("hello");
      assertThat(exchange(client, "again")).isEqualTo("again");
    }
    places.awaitGivenBack(1);
    assertThat(places.givenBack).containsExactly(SessionEnd.CLIENT_LEFT);
  }

  @Test
  void clientsAreServedInTheOrderInWhichTheyCame() throws Exception {
    door.start();
    var clients = new ArrayList<Socket>();
    for (var number = 0; number < 4; number++) {
      var client = client();
      clients.add(client);
      client.getOutputStream().write("x".getBytes(US_ASCII));
      places.awaitAsked(number + 1);
    }
    for (var client : clients) {
      assertThat(client.getInputStream().read()).isEqualTo('x');
      client.close();
    }
  }

  @Test
  void whoHangsUpWhileWaitingKeepsNobodyWaiting() throws Exception {
    door.start();
    try (var first = client()) {
      assertThat(exchange(first, "a")).isEqualTo("a");
      try (var second = client()) {
        second.getOutputStream().write('b');
        places.awaitAsked(2);
      }
      try (var third = client()) {
        third.getOutputStream().write('c');
        places.awaitWaiting(3, 1);
        first.shutdownOutput();
        assertThat(third.getInputStream().read()).isEqualTo('c');
      }
    }
    places.awaitGivenBack(2);
  }

  @Test
  void whoIsNotOnTheListIsCutOff() throws Exception {
    welcome = false;
    door.start();
    try (var client = client()) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void whoIsTooManyIsCutOff() throws Exception {
    door.start();
    var clients = new ArrayList<Socket>();
    for (var number = 0; number < 9; number++) {
      clients.add(client());
    }
    assertThat(clients.getLast().getInputStream().read()).isEqualTo(-1);
    for (var client : clients) {
      client.close();
    }
  }

  @Test
  void anOfficeThatEndsEndsItsClient() throws Exception {
    door.start();
    try (var client = client()) {
      assertThat(exchange(client, "a")).isEqualTo("a");
      places.endAll();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
    places.awaitGivenBack(1);
    assertThat(places.givenBack).containsExactly(SessionEnd.OFFICE_ENDED);
  }

  @Test
  void aGatewayIsToldWhetherItsClientHasAnOffice() throws Exception {
    door.start();
    try (var gateway = client();
        var other = client()) {
      gateway.getOutputStream().write(Opening.word(Duration.ofSeconds(5), "somebody"));
      assertThat(new String(gateway.getInputStream().readNBytes(6), US_ASCII)).isEqualTo("+echo\n");
      assertThat(exchange(gateway, "hello")).isEqualTo("hello");
      assertThat(door.view().sessions())
          .anySatisfy(session -> assertThat(session.client()).startsWith("somebody by 127.0.0.1:"));
      other.getOutputStream().write(Opening.word(Duration.ZERO, "another"));
      assertThat(new String(other.getInputStream().readAllBytes(), US_ASCII)).isEqualTo("-BUSY\n");
    }
  }

  @Test
  void aDoorThatIsClosedSendsAllAway() throws Exception {
    door.start();
    try (var served = client();
        var waiting = client()) {
      assertThat(exchange(served, "a")).isEqualTo("a");
      waiting.getOutputStream().write('b');
      places.awaitAsked(2);
      door.close();
      assertThat(served.getInputStream().read()).isEqualTo(-1);
      assertThat(waiting.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(door.isServing()).isFalse();
    assertThat(door.view().sessions()).isEmpty();
    assertThat(places.givenBack).containsExactly(SessionEnd.STOPPED);
  }

  @Test
  void largeDocumentsPassUnchanged() throws Exception {
    door.start();
    var document = new byte[8 << 20];
    new java.util.Random(7).nextBytes(document);
    document[0] = 0;
    try (var client = client()) {
      var sending =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.getOutputStream().write(document);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      assertThat(client.getInputStream().readNBytes(document.length)).isEqualTo(document);
      sending.join();
    }
  }
}
