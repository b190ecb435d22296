package io.doos.gateway.cliser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.config.AddressList;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Register;
import io.doos.gateway.doos.Drip;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Entrances;
import io.doos.gateway.tcp.TcpDoor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door over real sockets, with a farm that answers at once. */
class CliserDoorTest {

  private static final String FO = "http://www.w3.org/1999/XSL/Format";

  @TempDir private Path folder;
  private final FakeDesk desk = new FakeDesk();
  private SpoolSpace space;
  private TcpDoor server;

  @BeforeEach
  void start() throws Exception {
    space = SpoolSpace.open(SpoolSpace.Config.in(folder));
    server = open(Access.OPEN, Duration.ofMinutes(1), Duration.ofSeconds(10));
  }

  private TcpDoor open(Access access, Duration greeting, Duration grace) throws Exception {
    var minute = Duration.ofMinutes(1);
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var place = Optional.of(new Entrances.Place(here, "a setting"));
    var limits = new CliserLimits(1000, 16, 3, greeting, minute, minute);
    var door =
        new TcpDoor(
            new Entrances("CLISER door", place, Optional.empty(), 200, grace),
            Optional.empty(),
            new CliserDoor(limits, space, access, desk));
    door.start();
    return door;
  }

  @AfterEach
  void stop() {
    server.close();
    space.close();
  }

  private static String document(String content) {
    return "<root xmlns='" + FO + "'>" + content + "</root>";
  }

  private static String image(String source) {
    return "<external-graphic src='" + source + "'/>";
  }

  private TestClient client() throws Exception {
    return TestClient.at(server.port()).greeted();
  }

  @Test
  void aHundredDocumentsPassThroughOneSession() throws Exception {
    try (var client = client()) {
      for (int i = 0; i < 100; i++) {
        client.say("SET PDF_VERSION 1.7\n");
        client.send("doc.fo", document("" + i));
        assertThat(client.pages()).isEqualTo(document("" + i));
      }
      client.say("BYE\n");
      assertThat(client.line()).isEqualTo("(end)");
    }
    assertThat(desk.deleted).hasSize(100);
  }

  @Test
  void eachImageIsAskedForOnceAndComesWithTheDocument() throws Exception {
    try (var client = client()) {
      var source =
          document(
              image("a.png")
                  + image("url(&quot;sub/b.png&quot;)")
                  + image("a.png")
                  + image("http://x/y"));
      client.send("file:///home/anna/doc.fo", source);
      assertThat(client.answer()).isEqualTo("QUERY file:///home/anna/a.png");
      client.send("file:///home/anna/a.png", "AAA");
      assertThat(client.answer()).isEqualTo("QUERY file:///home/anna/sub/b.png");
      client.say("ERR there is none\n");
      assertThat(client.pages()).isEqualTo(source + "|file:///home/anna/a.png=AAA");
    }
  }

  @Test
  void whatIsNeededLateIsAskedForThen() throws Exception {
    try (var client = client()) {
      client.send("doc.fo", document("late:inner.png"));
      assertThat(client.answer()).isEqualTo("QUERY inner.png");
      client.send("inner.png", "III");
      assertThat(client.pages()).endsWith("|job:/inner.png=III");
    }
    assertThat(desk.deleted).hasSize(2);
    assertThat(desk.open()).isZero();
  }

  @Test
  void aDocumentThatFailsLeavesTheSession() throws Exception {
    try (var client = client()) {
      client.send("doc.fo", document("bad"));
      assertThat(client.answer()).isEqualTo("ERR BAD_DOCUMENT: as planned");
      client.send("doc.fo", "<root");
      assertThat(client.answer()).startsWith("ERR The document is not well-formed: line 1");
      client.send("doc.fo", document("x".repeat(2000)));
      assertThat(client.answer()).startsWith("ERR The document and its files are more than");
      client.send("", document("good"));
      assertThat(client.pages()).contains("good");
    }
  }

  @Test
  void unknownOptionsAreWarnedOf() throws Exception {
    try (var client = client()) {
      client.say("SET NONSENSE 1\nSET OUTPUT_FORMAT papyrus\nSET COMPRESS true\n");
      assertThat(client.line()).startsWith("WARN There is no option NONSENSE");
      assertThat(client.line()).startsWith("WARN There is no format papyrus");
      assertThat(client.line()).startsWith("WARN Apache FOP has nothing like");
    }
  }

  @Test
  void entitiesOfTheServerAreNotRead() throws Exception {
    try (var client = client()) {
      var source =
          "<!DOCTYPE root [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
              + document(
                  "&a;<include xmlns='http://www.w3.org/2001/XInclude' href='file:///etc/hostname' parse='text'/>");
      client.send("doc.fo", source);
      assertThat(client.pages()).isEqualTo(source);
    }
  }

  @Test
  void clientsWithDifferentImagesOfTheSameNameGetTheirOwn() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<String>>();
      for (int i = 0; i < 20; i++) {
        var own = "image-" + i;
        tasks.add(() -> {
          try (var client = client()) {
            client.send("/same/doc.fo", document(image("logo.png")));
            assertThat(client.answer()).isEqualTo("QUERY file:///same/logo.png");
            client.send("file:///same/logo.png", own);
            assertThat(client.pages()).endsWith("|file:///same/logo.png=" + own);
            return own;
          }
        });
      }
      for (var done : threads.invokeAll(tasks)) {
        assertThat(done.get()).startsWith("image-");
      }
    }
  }

  @Test
  void aSessionThatBreaksAtAnyByteHarmsNobody() throws Exception {
    var text =
        "HELLO 2.0\nSET PDF_VERSION 1.4\nRECV %d doc.fo\n%sRECV 3 a.png\nAAAW"
            .formatted(document(image("a.png")).length(), document(image("a.png")));
    for (int cut = 0; cut < text.length(); cut += 1) {
      try (var client = TestClient.at(server.port())) {
        client.say(text.substring(0, cut));
      }
    }
    try (var client = client()) {
      client.send("doc.fo", document("still there"));
      assertThat(client.pages()).contains("still there");
    }
  }

  @Test
  void violationsEndTheSessionAndSayWhy() throws Exception {
    for (var wrong : List.of("QUERY x\n", "GET / HTTP/1.1\n", "HELLO 2.0\n", "LOG info x\n")) {
      try (var client = client()) {
        client.say(wrong);
        assertThat(client.answer()).startsWith("ERR ");
        assertThat(client.answer()).isEqualTo("BYE");
        assertThat(client.answer()).isEqualTo("(end)");
      }
    }
    try (var client = TestClient.at(server.port())) {
      assertThat(client.line()).isEqualTo("HELLO 2.0");
      client.say("HELLO 3.1\n");
      assertThat(client.line()).isEqualTo("BYE");
    }
  }

  @Test
  void whoLeavesWhileItFormatsWantsNoPages() throws Exception {
    try (var client = client()) {
      client.send("doc.fo", document("endless"));
      assertThat(client.line()).startsWith("LOG info Ticket");
      client.say("BYE\n");
      assertThat(client.answer()).isEqualTo("(end)");
    }
    assertThat(desk.open()).isZero();
  }

  @Test
  void whoDoesNotGreetIsToldSo() throws Exception {
    try (var door = open(Access.OPEN, Duration.ofMillis(100), Duration.ofSeconds(10));
        var client = TestClient.at(door.port())) {
      assertThat(client.line()).isEqualTo("HELLO 2.0");
      assertThat(client.line()).isEqualTo("ERR No greeting came in time");
      assertThat(client.line()).isEqualTo("BYE");
      assertThat(client.line()).isEqualTo("(end)");
    }
  }

  @Test
  void aGreetingInSmallPiecesDoesNotGetMoreTime() throws Exception {
    try (var door = open(Access.OPEN, Duration.ofMillis(500), Duration.ofSeconds(10));
        var drip =
            new Drip(
                new Socket(InetAddress.getLoopbackAddress(), door.port()),
                "HELLO 2".getBytes(UTF_8),
                Duration.ofMillis(20))) {
      assertThat(new String(drip.input().readAllBytes(), UTF_8))
          .isEqualTo("HELLO 2.0\nERR No greeting came in time\nBYE\n");
    }
  }

  @Test
  void whoComesFromElsewhereIsToldSo() throws Exception {
    var access = new Access(AddressList.parse("192.0.2.0/24"), Register.Open::new);
    try (var door = open(access, Duration.ofMinutes(1), Duration.ofSeconds(10));
        var client = TestClient.at(door.port())) {
      assertThat(client.line()).isEqualTo("ERR This address is not permitted");
      assertThat(client.line()).isEqualTo("BYE");
      assertThat(client.line()).isEqualTo("(end)");
    }
  }

  @Test
  void aDoorThatClosesCutsSessionsThatRestAndLetsADocumentFinish() throws Exception {
    try (var resting = client();
        var busy = client()) {
      busy.send("doc.fo", document("patient"));
      assertThat(busy.line()).startsWith("LOG info Ticket");
      var closing = Thread.ofVirtual().start(server::close);
      assertThat(resting.end()).isTrue();
      desk.finish();
      assertThat(busy.pages()).contains("patient");
      busy.say("BYE\n");
      closing.join();
    }
  }
}
