package io.doos.deploy.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.doos.common.job.Ticket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoosClientTest {

  private static final Ticket TICKET = new Ticket("482019337154628901");

  @TempDir private Path folder;

  @Test
  void aJobGoesOverAsTheProtocolSaysAndItsTicketComesBack() throws Exception {
    try (var farm = TinyFarm.answering(_ -> bytes("[OK] Ticket:482019337154628901"))) {
      var script = Files.writeString(folder.resolve("Report.bas"), "Sub Main\nEnd Sub\n");
      var data = Files.write(folder.resolve("data.bin"), allBytesAndTokens());
      var umlaut = Files.writeString(folder.resolve("leer.csv"), "");
      var job =
          new Submission(
              script,
              List.of(data, umlaut),
              "Run",
              Optional.of("night"),
              Optional.of(7),
              Optional.of(Duration.ofMillis(1500)));

      var ticket = client(farm.port()).submit(job);

      assertThat(ticket).isEqualTo(TICKET);
      var heard = farm.heard().getFirst();
      assertThat(heard.arguments())
          .isEqualTo("prepareJob;initFunc=Run;pool=night;priority=7;timeout=2");
      assertThat(heard.files().keySet()).containsExactly("main.script", "data.bin", "leer.csv");
      assertThat(heard.files().get("main.script")).isEqualTo("Sub Main\nEnd Sub\n");
      assertThat(heard.files().get("data.bin"))
          .isEqualTo(new String(allBytesAndTokens(), ISO_8859_1));
      assertThat(heard.files().get("leer.csv")).isEmpty();
    }
  }

  @Test
  void aStatusIsReadWithAndWithoutItsFile() throws Exception {
    var text = "timeEntered:2026-11-22T13:40:00Z\ntimeFailed:x\nerror:MACRO_ERROR: a: b\n";
    try (var farm =
            TinyFarm.answering(_ -> TinyFarm.withFile("[OK] Error", "status.txt", bytes(text)));
        var plain = TinyFarm.answering(_ -> bytes("[OK] Dequeued"))) {
      var failed = client(farm.port()).status(TICKET);
      assertThat(failed.word()).isEqualTo(JobView.Word.ERROR);
      assertThat(failed.error()).contains("MACRO_ERROR: a: b");
      assertThat(failed.lines()).containsEntry("timeEntered", "2026-11-22T13:40:00Z");
      assertThat(farm.heard().getFirst().arguments()).isEqualTo("statusJob;ticket=" + TICKET);

      var running = client(plain.port()).status(TICKET);
      assertThat(running.word()).isEqualTo(JobView.Word.DEQUEUED);
      assertThat(running.lines()).isEmpty();
    }
  }

  @Test
  void aResultOfAnySizeComesToDiskByteForByte() throws Exception {
    var random = new Random(42);
    for (var size : List.of(0, 1, 65_400, 65_480, 65_536, 70_000, 1_000_000)) {
      var content = new byte[size];
      random.nextBytes(content);
      try (var farm = TinyFarm.answering(_ -> TinyFarm.withFile("[OK] ", "files.zip", content))) {
        var zip = folder.resolve(size + ".zip");
        Files.writeString(zip, "older");

        assertThat(client(farm.port()).output(TICKET, zip)).isTrue();

        assertThat(Files.readAllBytes(zip)).as("size %d", size).isEqualTo(content);
      }
    }
  }

  @Test
  void aJobWithoutAResultLeavesNoFile() throws Exception {
    try (var farm = TinyFarm.answering(_ -> bytes("[OK] Enqueued"))) {
      assertThat(client(farm.port()).output(TICKET, folder.resolve("a.zip"))).isFalse();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void aDamagedResultIsAFailureAndLeavesNoFile() throws Exception {
    var frame = TinyFarm.framed(TinyFarm.withFile("[OK] ", "files.zip", new byte[100_000]));
    frame[60_000] ^= 1;
    try (var farm = rawAnswer(frame)) {
      var failure = failure(() -> client(farm.port()).output(TICKET, folder.resolve("a.zip")));

      assertThat(failure)
          .isInstanceOf(ClientFailure.Unreachable.class)
          .hasMessageContaining("a wrong checksum");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void anAnswerCutAnywhereIsAFailure() throws Exception {
    var frame = TinyFarm.framed(TinyFarm.withFile("[OK] ", "files.zip", bytes("zip")));
    for (var length = 0; length < frame.length; length++) {
      try (var farm = rawAnswer(Arrays.copyOf(frame, length))) {
        assertThat(failure(() -> client(farm.port()).output(TICKET, folder.resolve("a.zip"))))
            .as("cut at %d", length)
            .isInstanceOf(ClientFailure.Unreachable.class);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void somethingElseOnThePortIsNamed() throws Exception {
    for (var greeting :
        List.of(
            "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-x\r\n", "AMQP\0\0\11\1", "|", "5|abc")) {
      try (var other = rawAnswer(bytes(greeting))) {
        assertThat(failure(() -> client(other.port()).status(TICKET)))
            .as(greeting)
            .isInstanceOf(ClientFailure.Unreachable.class)
            .hasMessageContaining("127.0.0.1:" + other.port())
            .hasMessageContaining("is this the farm's port?");
      }
    }
  }

  @Test
  void noFarmAtAllIsNamed() throws Exception {
    int free;
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    assertThat(failure(() -> client(free).status(TICKET)))
        .isInstanceOf(ClientFailure.Unreachable.class)
        .hasMessage(
            "No farm answers at 127.0.0.1:" + free + ": is it running, and is this its port?");
  }

  @Test
  void aFarmThatStaysSilentIsGivenUp() throws Exception {
    var end = new CountDownLatch(1);
    try (var farm = TinyFarm.behaving((_, _) -> end.await())) {
      var patience = Duration.ofMillis(700);
      var client = new DoosClient(config(farm.port(), patience));

      assertThat(failure(() -> client.status(TICKET)))
          .isInstanceOf(ClientFailure.Unreachable.class)
          .hasMessageContaining("did not answer");
    } finally {
      end.countDown();
    }
  }

  @Test
  void everyErrorAnswerIsTyped() throws Exception {
    assertThat(errorOf("[ERROR] Unknown Ticket: 482019337154628901."))
        .isInstanceOf(ClientFailure.UnknownTicket.class)
        .hasMessage("The farm knows no ticket 482019337154628901.");
    assertThat(errorOf("[ERROR] The broker is down, try again later."))
        .isInstanceOf(ClientFailure.Unreachable.class)
        .hasMessageContaining("The broker is down, try again later.");
    assertThat(errorOf("[ERROR] Unknown command."))
        .isInstanceOf(ClientFailure.Refused.class)
        .hasMessage("The farm says: Unknown command.");
    assertThat(errorOf("[OK] Perhaps")).isInstanceOf(ClientFailure.Unreachable.class);
    assertThat(errorOf("hello")).isInstanceOf(ClientFailure.Unreachable.class);
  }

  @Test
  void aRefusalInTheMiddleOfALargeRequestIsHeard() throws Exception {
    var big = Files.write(folder.resolve("big.bin"), new byte[40_000_000]);
    var script = Files.writeString(folder.resolve("a.bas"), "");
    var frame = TinyFarm.framed(bytes("[ERROR] The request is too large."));
    try (var farm =
        TinyFarm.behaving((in, out) -> {
          in.readNBytes(1000);
          out.write(frame);
        })) {
      assertThat(failure(() -> client(farm.port()).submit(submission(script, big))))
          .hasMessageContaining("too large");
    }
  }

  @Test
  void filesThatCannotTravelAreNamedBeforeAnythingIsSent() throws Exception {
    var script = Files.writeString(folder.resolve("a.bas"), "Sub Main\nEnd Sub");
    var trap = Files.writeString(folder.resolve("trap"), "x::file end::::file start::y");
    var tail = Files.writeString(folder.resolve("tail"), "x::file end::::file start");
    var sub = Files.createDirectory(folder.resolve("sub"));
    var twin = Files.writeString(sub.resolve("trap"), "");
    var absent = folder.resolve("absent.csv");
    try (var farm = TinyFarm.answering(_ -> bytes("[OK] Ticket:1"))) {
      var client = client(farm.port());
      assertThat(failure(() -> client.submit(submission(script, absent))))
          .hasMessage(absent + ": there is no such file.");
      assertThat(failure(() -> client.submit(submission(script, sub))))
          .hasMessageContaining("is a folder");
      assertThat(failure(() -> client.submit(submission(script, trap))))
          .hasMessageContaining("cannot carry");
      assertThat(failure(() -> client.submit(submission(script, tail))))
          .hasMessageContaining("cannot carry");
      assertThat(failure(() -> client.submit(submission(script, trap, twin))))
          .hasMessageContaining("two files");
      assertThat(farm.heard()).isEmpty();
    }
  }

  @Test
  void contentMayEndInHalvesAndWholesOfTokens() throws Exception {
    var script = Files.writeString(folder.resolve("a.bas"), "");
    try (var farm = TinyFarm.answering(_ -> bytes("[OK] Ticket:1"))) {
      for (var ending : List.of("::file end::", ":", "::file end", "::file start::", "file end")) {
        var file = Files.writeString(folder.resolve("data"), "x" + ending);

        client(farm.port()).submit(submission(script, file));

        assertThat(farm.heard().getLast().files()).containsEntry("data", "x" + ending);
      }
    }
  }

  private static ClientFailure errorOf(String reply) throws Exception {
    try (var farm = TinyFarm.answering(_ -> bytes(reply))) {
      return failure(() -> client(farm.port()).status(TICKET));
    }
  }

  private static TinyFarm rawAnswer(byte[] bytes) throws Exception {
    return TinyFarm.behaving((in, out) -> {
      TinyFarm.read(in);
      out.write(bytes);
    });
  }

  private static Submission submission(Path script, Path... files) {
    return new Submission(
        script, List.of(files), "Main", Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static ClientFailure failure(ThrowingCallable call) {
    return catchThrowableOfType(ClientFailure.class, call);
  }

  private static DoosClient client(int port) {
    return new DoosClient(config(port, Duration.ofSeconds(30)));
  }

  private static DoosClient.Config config(int port, Duration patience) {
    return new DoosClient.Config("127.0.0.1", port, Duration.ofSeconds(5), patience);
  }

  private static byte[] allBytesAndTokens() {
    var text = new StringBuilder();
    for (var b = 0; b < 256; b++) {
      text.append((char) b);
    }
    return text.append("::file start::x::file content::y::file end::z")
        .toString()
        .getBytes(ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
