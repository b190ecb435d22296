package io.doos.gateway.cliser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.Pool;
import io.doos.gateway.access.Access;
import io.doos.gateway.spool.SpoolSpace;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door over real sockets, with a farm that answers at once. */
class CliserServerTest {

  private static final String FO = "http://www.w3.org/1999/XSL/Format";

  @TempDir private Path folder;
  private final FakeDesk desk = new FakeDesk();
  private SpoolSpace space;
  private CliserServer server;

  @BeforeEach
  void start() throws Exception {
    space = SpoolSpace.open(SpoolSpace.Config.in(folder));
    server = new CliserServer(config(1000), space, Access.OPEN, desk);
    server.start();
  }

  private static CliserServer.Config config(long documentBytes) {
    var minute = Duration.ofMinutes(1);
    return new CliserServer.Config(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        200,
        Pool.DEFAULT,
        new CliserLimits(documentBytes, 16, 3, minute, minute, minute),
        Duration.ofSeconds(10));
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

  /** A client that speaks bytes. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private Client(int port) throws Exception {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(60_000);
      in = new BufferedInputStream(socket.getInputStream());
    }

    private Client greeted() throws Exception {
      assertThat(line()).isEqualTo("HELLO 2.0");
      say("HELLO 2.0\n");
      assertThat(line()).isEqualTo("OK");
      return this;
    }

    private void say(String text) throws Exception {
      socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private void send(String name, String content) throws Exception {
      say("RECV " + content.getBytes(UTF_8).length + " " + name + "\n" + content);
    }

    private String line() throws Exception {
      var line = new ByteArrayOutputStream();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          return "(end)";
        }
        line.write(b);
      }
      return line.toString(UTF_8);
    }

    /** The next line that is no LOG. */
    private String answer() throws Exception {
      var line = line();
      while (line.startsWith("LOG ")) {
        line = line();
      }
      return line;
    }

    private String pages() throws Exception {
      var line = answer();
      assertThat(line).matches("RECV \\d+ PDF");
      return new String(in.readNBytes(Integer.parseInt(line.split(" ", -1)[1])), UTF_8);
    }

    @Override
    public void close() throws java.io.IOException {
      socket.close();
    }
  }

  private Client client() throws Exception {
    return new Client(server.port()).greeted();
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
      try (var client = new Client(server.port())) {
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
    try (var client = new Client(server.port())) {
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
}
