package io.doos.gateway.doos;

import static io.doos.gateway.doos.Frames.frame;
import static io.doos.gateway.doos.Frames.latin;
import static io.doos.gateway.doos.Frames.payload;
import static io.doos.gateway.doos.Frames.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.job.JobMessage;
import io.doos.common.job.Pool;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.ledger.Arrival;
import io.doos.common.ledger.Begin;
import io.doos.common.ledger.Claimant;
import io.doos.common.ledger.Ending;
import io.doos.common.ledger.JobLedger;
import io.doos.common.ledger.JobRecord;
import io.doos.common.ledger.Keys;
import io.doos.common.status.Result;
import io.doos.common.status.State;
import io.doos.gateway.FolderStore;
import io.doos.gateway.SmallGatewayMain;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a JVM with a small heap, which an OutOfMemoryError ends. */
@Timeout(240)
class SmallHeapTest {

  private static final int MIB = 1024 * 1024;
  private static final byte[] PIECE = new byte[MIB];
  private static final String BEFORE =
      "prepareJob;initFunc=Main::file start::::file content::Sub Main\nEnd Sub::file end::::file start::big::file content::";
  private static final String AFTER = "::file end::";

  @TempDir private Path folder;
  private FolderStore store;
  private JobLedger ledger;

  @BeforeEach
  void makeFolders() throws IOException {
    var objects = Files.createDirectory(folder.resolve("objects"));
    store = new FolderStore(objects);
    ledger =
        new JobLedger(store, InstantSource.system(), new JobLedger.Rules(2, 5, Duration.ofDays(7)));
  }

  /** The gateway's process. */
  private final class Gateway implements AutoCloseable {
    final Process process;
    final int port;

    Gateway(String... options) throws IOException {
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of(options));
      command.addAll(
          List.of("-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path")));
      command.addAll(
          List.of(
              SmallGatewayMain.class.getName(),
              folder.resolve("objects").toString(),
              folder.resolve("spool").toString()));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      var line = out.readLine();
      while (line != null && !line.matches("[0-9]+")) {
        line = out.readLine();
      }
      port = Integer.parseInt(String.valueOf(line));
      Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    }

    Socket connect() throws IOException {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    String ask(String arguments) throws IOException {
      try (var socket = connect()) {
        socket.getOutputStream().write(frame(payload(arguments)));
        return reply(socket.getInputStream());
      }
    }

    /** Lets it end by itself, as it does when all went well. */
    @Override
    public void close() throws IOException {
      process.getOutputStream().close();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void framesAndResultsOf256MiBGoThroughAHeapOf192MiBSeveralAtOnce() throws Exception {
    try (var gateway = new Gateway("-Xmx192m")) {
      var tickets = allAtOnce(3, () -> sendLargeJob(gateway, 256L * MIB));
      for (var ticket : tickets) {
        finish(new Ticket(ticket), 256);
      }
      var received = new ArrayList<Callable<Long>>();
      tickets.forEach(ticket -> received.add(() -> receiveLargeResult(gateway, ticket)));
      assertThat(allAtOnce(received)).containsOnly(256L * MIB);
    }
    assertThat(folder.resolve("spool")).isEmptyDirectory();
  }

  @Test
  void thousandsOfConnectionsFitIntoAHeapOf64MiB() throws Exception {
    var request = frame(payload("statusJob;ticket=123456"));
    try (var gateway = new Gateway("-Xmx64m")) {
      List<Socket> clients = new ArrayList<>();
      try {
        for (var i = 0; i < 4000; i++) {
          var client = gateway.connect();
          clients.add(client);
          client.getOutputStream().write(request, 0, i % 2 == 0 ? 0 : request.length - 1);
        }
        assertThat(gateway.ask("statusJob;ticket=1")).isEqualTo("[ERROR] Unknown Ticket: 1.");
        for (var i = 0; i < clients.size(); i++) {
          var sent = i % 2 == 0 ? 0 : request.length - 1;
          clients.get(i).getOutputStream().write(request, sent, request.length - sent);
        }
        for (var client : clients) {
          assertThat(reply(client.getInputStream())).isEqualTo("[ERROR] Unknown Ticket: 123456.");
        }
      } finally {
        for (var client : clients) {
          client.close();
        }
      }
    }
  }

  @Test
  void lengthBombsCostNothing() throws Exception {
    var bomb = latin("268435456|" + "a".repeat(40) + "|prepareJob::file start::::file content::x");
    try (var gateway = new Gateway("-Xmx64m")) {
      List<Socket> clients = new ArrayList<>();
      try {
        for (var i = 0; i < 1000; i++) {
          var client = gateway.connect();
          clients.add(client);
          client.getOutputStream().write(bomb);
        }
        assertThat(gateway.ask("statusJob;ticket=1")).isEqualTo("[ERROR] Unknown Ticket: 1.");
      } finally {
        for (var client : clients) {
          client.close();
        }
      }
    }
  }

  /** A frame whose announced length is {@code length}. */
  private static String sendLargeJob(Gateway gateway, long length) throws Exception {
    var contentBytes = length - 41 - BEFORE.length() - AFTER.length();
    var sha1 = Sha1.digest();
    writePayload(new DigestOutputStream(OutputStream.nullOutputStream(), sha1), contentBytes);
    try (var socket = gateway.connect()) {
      var out = socket.getOutputStream();
      out.write(latin(length + "|" + HexFormat.of().formatHex(sha1.digest()) + "|"));
      writePayload(out, contentBytes);
      var answer = reply(socket.getInputStream());
      assertThat(answer).startsWith("[OK] Ticket:");
      return answer.substring("[OK] Ticket:".length());
    }
  }

  private static void writePayload(OutputStream out, long contentBytes) throws IOException {
    out.write(latin(BEFORE));
    for (var left = contentBytes; left > 0; left -= PIECE.length) {
      out.write(PIECE, 0, (int) Math.min(left, PIECE.length));
    }
    out.write(latin(AFTER));
  }

  private void finish(Ticket ticket, int mebibytes) throws Exception {
    var key = Keys.result(ticket, 1);
    var sha256 = MessageDigest.getInstance("SHA-256");
    try (var out = new DigestOutputStream(Files.newOutputStream(store.file(key)), sha256)) {
      for (var i = 0; i < mebibytes; i++) {
        out.write(PIECE);
      }
    }
    var claimed = ledger.begin(anyJob(ticket), Claimant.of("hand"), Arrival.FRESH);
    var sum = HexFormat.of().formatHex(sha256.digest());
    var result = new Result(key, (long) mebibytes * MIB, sum, List.of(), false);
    ledger.commit(
        (Begin.Claimed) claimed, "hand", new Ending(State.DONE, null, result, null, null, null));
  }

  /** What runs is what was recorded: of a delivery, only its ticket counts. */
  private static JobRecord anyJob(Ticket ticket) {
    var work = new RunMacro("main.script", "Main", List.of());
    var message =
        new JobMessage(
            ticket, work, List.of(), null, Instant.EPOCH, JobMessage.Limits.DEFAULT, null);
    return new JobRecord(message, Pool.DEFAULT, null, null, null, Map.of());
  }

  private static long receiveLargeResult(Gateway gateway, String ticket) throws Exception {
    try (var socket = gateway.connect()) {
      socket.getOutputStream().write(frame(payload("returnJob;ticket=" + ticket)));
      var in = new DataInputStream(socket.getInputStream());
      var length = 0L;
      for (var next = in.readByte(); next != '|'; next = in.readByte()) {
        length = length * 10 + next - '0';
      }
      var announced = new String(in.readNBytes(41), UTF_8);
      var sha1 = Sha1.digest();
      var piece = new byte[MIB];
      var bytes = 0L;
      for (int count; (count = in.read(piece)) >= 0; bytes += count) {
        sha1.update(piece, 0, count);
      }
      assertThat(bytes).isEqualTo(length - 41);
      assertThat(announced).isEqualTo(HexFormat.of().formatHex(sha1.digest()) + "|");
      return bytes - "[OK] ::file start::files.zip::file content::".length() - AFTER.length();
    }
  }

  private static List<String> allAtOnce(int times, Callable<String> task) throws Exception {
    return allAtOnce(Collections.nCopies(times, task));
  }

  private static <T> List<T> allAtOnce(List<Callable<T>> tasks) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<T>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        done.add(future.get());
      }
      return done;
    }
  }
}
