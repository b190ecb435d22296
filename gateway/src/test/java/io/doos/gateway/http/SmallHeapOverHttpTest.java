package io.doos.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a JVM with a small heap, which an OutOfMemoryError ends. */
class SmallHeapOverHttpTest {

  private static final int MIB = 1024 * 1024;
  private static final int FILE_MIB = 256;
  private static final String BEFORE =
      """
      --line
      Content-Disposition: form-data; name="to"

      pdf
      --line
      Content-Disposition: form-data; name="files"; filename="big.odt"

      """
          .replace("\n", "\r\n");
  private static final String AFTER = "\r\n--line--\r\n";

  @TempDir private Path folder;

  @Test
  void aRequestLargerThanTheHeapGoesThrough() throws Exception {
    var objects = Files.createDirectory(folder.resolve("objects"));
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHttpGatewayMain.class.getName(),
                objects.toString(),
                folder.resolve("spool").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      var answer = send(port(process));
      assertThat(answer).startsWith("HTTP/1.1 202");
      try (var all = Files.walk(objects)) {
        assertThat(all.filter(SmallHeapOverHttpTest::isLarge)).hasSize(1);
      }
    } finally {
      process.getOutputStream().close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isZero();
  }

  private static boolean isLarge(Path file) {
    try {
      return Files.size(file) >= (long) FILE_MIB * MIB;
    } catch (IOException e) {
      return false;
    }
  }

  private static int port(Process process) throws IOException {
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    var line = out.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = out.readLine();
    }
    Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    return Integer.parseInt(String.valueOf(line).substring("port ".length()));
  }

  private static String send(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var out = socket.getOutputStream();
      var length = BEFORE.length() + (long) FILE_MIB * MIB + AFTER.length();
      var head =
          "POST /v1/jobs HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
              + length
              + "\r\nContent-Type: multipart/form-data; boundary=line\r\n\r\n";
      out.write((head + BEFORE).getBytes(US_ASCII));
      var piece = new byte[MIB];
      for (var i = 0; i < FILE_MIB; i++) {
        out.write(piece);
      }
      out.write(AFTER.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
