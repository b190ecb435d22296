package io.doos.gateway.uno;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.life.Closer;
import io.doos.common.uno.EchoPlaces;
import io.doos.common.uno.RemoteDoor;
import io.doos.common.uno.SessionEnd;
import io.doos.common.uno.SessionLimits;
import io.doos.common.uno.UnoAddress;
import io.doos.common.uno.UnoDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway's door, over real doors of workers whose offices are echoes. */
@Timeout(180)
class FarmPlacesTest {

  private final Closer closer = new Closer();
  private final HandBoard board = new HandBoard();
  private final EchoPlaces oneOffices = closer.add(new EchoPlaces(2));
  private final EchoPlaces otherOffices = closer.add(new EchoPlaces(2));
  private UnoDoor one = door(oneOffices, Duration.ofMinutes(1));
  private UnoDoor gateway =
      door(new FarmPlaces(board, InstantSource.system()), Duration.ofMinutes(1));

  /** Workers that a test tells of. */
  private static final class HandBoard implements UnoWorkers {

    private final List<UnoWorker> workers = new CopyOnWriteArrayList<>();
    private final Semaphore news = new Semaphore(0);

    private void tell(UnoWorker... all) {
      workers.clear();
      workers.addAll(List.of(all));
      news.release();
    }

    @Override
    public List<UnoWorker> present() {
      return List.copyOf(workers);
    }

    @Override
    public boolean awaitNews(Duration atMost) throws InterruptedException {
      return news.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private static UnoDoor door(io.doos.common.uno.Places places, Duration patience) {
    return new UnoDoor(
        new UnoDoor.Config(
            new UnoAddress.Tcp("127.0.0.1", 0),
            _ -> true,
            patience,
            patience,
            32,
            new SessionLimits(Duration.ofHours(1), Duration.ofHours(1)),
            Duration.ofMillis(10)),
        places,
        InstantSource.system());
  }

  private static UnoWorker worker(String name, UnoDoor door, int free) {
    return new UnoWorker(
        name, new RemoteDoor("127.0.0.1", door.view().port()), 2, free, Instant.now());
  }

  @BeforeEach
  void open() throws Exception {
    closer.start(one);
    closer.start(gateway);
  }

  @AfterEach
  void close() {
    closer.close();
  }

  private Socket client() throws IOException {
    return closer.add(new Socket(InetAddress.getLoopbackAddress(), gateway.view().port()));
  }

  private static String exchange(Socket client, String said) throws IOException {
    client.getOutputStream().write(said.getBytes(US_ASCII));
    return new String(client.getInputStream().readNBytes(said.length()), US_ASCII);
  }

  @Test
  void aClientIsServedByTheWorkerWithMostFreeOffices() throws Exception {
    var other = closer.start(door(otherOffices, Duration.ofMinutes(1)));
    board.tell(worker("one", one, 1), worker("other", other, 2));
    assertThat(exchange(client(), "hello")).isEqualTo("hello");
    assertThat(other.view().inUse()).isEqualTo(1);
    assertThat(gateway.view().sessions().getFirst().office()).contains("other/echo");
  }

  @Test
  void whoSeemedFreeAndIsNotIsPassedOver() throws Exception {
    var other = closer.start(door(otherOffices, Duration.ofMinutes(1)));
    board.tell(worker("one", one, 2), worker("other", other, 1));
    for (var number = 0; number < 4; number++) {
      assertThat(exchange(client(), "hello")).isEqualTo("hello");
    }
    assertThat(one.view().inUse()).isEqualTo(2);
    assertThat(other.view().inUse()).isEqualTo(2);
  }

  @Test
  void aWorkerThatDiesEndsItsOwnSessionsAndNewOnesGoElsewhere() throws Exception {
    var other = closer.start(door(otherOffices, Duration.ofMinutes(1)));
    board.tell(worker("one", one, 2), worker("other", other, 1));
    var lost = client();
    assertThat(exchange(lost, "a")).isEqualTo("a");
    board.tell(worker("one", one, 0), worker("other", other, 2));
    var kept = client();
    assertThat(exchange(kept, "b")).isEqualTo("b");
    one.close();
    assertThat(lost.getInputStream().read()).isEqualTo(-1);
    assertThat(exchange(kept, "still")).isEqualTo("still");
    board.tell(
        worker("other", other, 1),
        new UnoWorker("one", new RemoteDoor("127.0.0.1", 1), 2, 2, Instant.now()));
    assertThat(exchange(client(), "next")).isEqualTo("next");
    assertThat(other.view().inUse()).isEqualTo(2);
  }

  @Test
  void aClientWaitsUntilAnOfficeSomewhereIsFree() throws Exception {
    board.tell(worker("one", one, 2));
    var first = client();
    assertThat(exchange(first, "a")).isEqualTo("a");
    assertThat(exchange(client(), "b")).isEqualTo("b");
    var waiting = client();
    waiting.getOutputStream().write('c');
    oneOffices.awaitRefused(1);
    first.close();
    oneOffices.awaitGivenBack(1);
    board.tell(worker("one", one, 1));
    assertThat(waiting.getInputStream().read()).isEqualTo('c');
  }

  @Test
  void aClientThatHangsUpFreesTheOfficeOfItsWorker() throws Exception {
    board.tell(worker("one", one, 2));
    var client = client();
    assertThat(exchange(client, "a")).isEqualTo("a");
    client.close();
    oneOffices.awaitGivenBack(1);
    assertThat(oneOffices.givenBack()).containsExactly(SessionEnd.CLIENT_LEFT);
  }

  @Test
  void withoutAWorkerAClientIsSentAwayAtTheEndOfItsPatience() throws Exception {
    var impatient =
        closer.start(door(new FarmPlaces(board, InstantSource.system()), Duration.ofMillis(20)));
    try (var client = new Socket(InetAddress.getLoopbackAddress(), impatient.view().port())) {
      client.getOutputStream().write('a');
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }
}
