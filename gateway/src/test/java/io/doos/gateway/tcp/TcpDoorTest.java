package io.doos.gateway.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The door over real sockets, with a protocol of a word or two. */
@Timeout(60)
class TcpDoorTest {

  private static final Logger log = LoggerFactory.getLogger(TcpDoorTest.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<TcpDoor> doors = new ArrayList<>();

  @AfterEach
  void close() {
    doors.forEach(TcpDoor::hurry);
    doors.forEach(TcpDoor::close);
  }

  /** What is done with a client that has its place. */
  private interface Service {
    void serve(Connection connection) throws IOException, InterruptedException;
  }

  private record Words(Connection connection, Service service) implements Visit {

    @Override
    public void serve() {
      try (connection) {
        connection.open(MINUTE);
        service.serve(connection);
        connection.finish(Duration.ofMillis(10));
      } catch (IOException e) {
        log.debug("{} is gone", connection, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void refuse(Refused why) {
      try (connection) {
        connection.open(MINUTE);
        connection.write(why.name().getBytes(UTF_8));
      } catch (IOException e) {
        log.debug("{} is gone", connection, e);
      }
    }

    @Override
    public void cutIfIdle() {
      if (!connection.isHeard()) {
        connection.abort();
      }
    }
  }

  private record Welcome(Predicate<InetAddress> allowed, Service service) implements Reception {

    @Override
    public boolean allows(InetAddress address) {
      return allowed.test(address);
    }

    @Override
    public Visit visit(Connection connection) {
      return new Words(connection, service);
    }
  }

  private TcpDoor door(Duration grace, Reception reception) throws IOException {
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var place = Optional.of(new Entrances.Place(here, "a setting"));
    var door =
        new TcpDoor(
            new Entrances("test door", place, Optional.empty(), 1, grace),
            Optional.empty(),
            reception);
    doors.add(door);
    return door;
  }

  private TcpDoor open(Duration grace, Reception reception) throws IOException {
    var door = door(grace, reception);
    door.start();
    return door;
  }

  private static Socket connect(TcpDoor door) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), door.port());
  }

  private static String heard(TcpDoor door) throws IOException {
    try (var socket = connect(door)) {
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void whoHasNoPlaceHearsItAndWhoComesNextHasTheOneThatWasGivenBack() throws Exception {
    var served = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Service patient =
        connection -> {
          served.countDown();
          goOn.await();
          connection.write("served".getBytes(UTF_8));
        };
    var door = open(MINUTE, new Welcome(_ -> true, patient));
    try (var first = connect(door)) {
      served.await();
      assertThat(heard(door)).isEqualTo("NO_PLACE");
      goOn.countDown();
      assertThat(first.getInputStream().readAllBytes()).isEqualTo("served".getBytes(UTF_8));
    }
    var next = heard(door);
    while (next.equals("NO_PLACE")) {
      next = heard(door);
    }
    assertThat(next).isEqualTo("served");
  }

  @Test
  void whoComesFromElsewhereTakesNoPlace() throws Exception {
    var door = open(MINUTE, new Welcome(_ -> false, _ -> {}));
    assertThat(heard(door)).isEqualTo("ADDRESS");
  }

  @Test
  void aDoorThatWasHurriedBeforeItClosesWaitsForNobody() throws Exception {
    var served = new CountDownLatch(1);
    var door =
        open(
            Duration.ofHours(1),
            new Welcome(
                _ -> true,
                connection -> {
                  connection.read(new byte[1], MINUTE);
                  served.countDown();
                  new CountDownLatch(1).await();
                }));
    try (var socket = connect(door)) {
      socket.getOutputStream().write('x');
      served.await();
      door.hurry();
      door.close();
      assertThat(door.hasEnded()).isTrue();
    }
  }

  @Test
  void aClientThatTakesNothingLosesItsConnectionAndItsPlace() throws Exception {
    var cut = new CountDownLatch(1);
    Service endless =
        connection -> {
          try {
            connection.write(zeros(), Long.MAX_VALUE, Duration.ofMillis(200));
          } finally {
            cut.countDown();
          }
        };
    var door = open(MINUTE, new Welcome(_ -> true, endless));
    try (var socket = connect(door)) {
      cut.await();
      assertThat(socket.isConnected()).isTrue();
    }
  }

  private static InputStream zeros() {
    return new InputStream() {
      @Override
      public int read() {
        return 0;
      }

      @Override
      public int read(byte[] into, int from, int count) {
        return count;
      }
    };
  }

  @Test
  void aDoorIsNotOverBeforeItWasOpen() throws Exception {
    var door = door(MINUTE, new Welcome(_ -> true, _ -> {}));
    assertThat(door.hasEnded()).isFalse();
    door.start();
    assertThat(door.hasEnded()).isFalse();
    door.close();
    assertThat(door.hasEnded()).isTrue();
  }

  @Test
  void aDoorWithoutEntrancesOpensAndClosesAllTheSame() throws Exception {
    var shut = new Entrances("test door", Optional.empty(), Optional.empty(), 1, MINUTE);
    var door = new TcpDoor(shut, Optional.empty(), new Welcome(_ -> true, _ -> {}));
    door.start();
    assertThat(door.hasEnded()).isFalse();
    door.close();
  }
}
