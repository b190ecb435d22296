package io.doos.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.deploy.client.TinyFarm;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoosProcessTest {

  private static final int LARGE = 64 * 1024 * 1024;

  @TempDir private Path folder;

  @Test
  void ctrlCWhileWaitingLeavesTheJobAndSaysHowToAskForIt() throws Exception {
    Files.writeString(folder.resolve("a.bas"), "Sub Main\nEnd Sub\n");
    try (var farm =
        TinyFarm.answering(request ->
            (request.is("prepareJob") ? "[OK] Ticket:77" : "[OK] Dequeued").getBytes(UTF_8))) {
      var process =
          DoosProcess.start(
              folder, List.of(), "submit", "a.bas", "--wait", "--port", "" + farm.port());
      try (var out = process.inputReader(UTF_8)) {
        assertThat(out.readLine()).isEqualTo("Ticket 77");
        assertThat(out.readLine()).startsWith("running, ");

        interrupt(process);

        var errors = DoosProcess.errors(process);
        assertThat(DoosProcess.end(process)).isEqualTo(130);
        assertThat(errors)
            .contains(
                "The job goes on without us.",
                "doos status 77 --port " + farm.port(),
                "doos output 77 --port " + farm.port() + " --wait -o out");
      }
      assertThat(farm.heard()).noneMatch(request -> request.is("deleteJob"));
    }
  }

  @Test
  void theDoctorSaysNothingBesideItsChecks() throws Exception {
    var process = DoosProcess.start(folder, List.of(), "doctor");
    try (var out = process.inputReader(UTF_8)) {
      assertThat(out.readAllAsString()).contains("jail: rights");
    }
    assertThat(DoosProcess.errors(process)).isEmpty();
    assertThat(DoosProcess.end(process)).isBetween(0, 1); // a port may be taken
  }

  @Test
  void filesLargerThanTheHeapGoAndComeAndNothingIsLogged() throws Exception {
    Files.writeString(folder.resolve("a.bas"), "Sub Main\nEnd Sub\n");
    Files.write(folder.resolve("large.bin"), new byte[LARGE]);
    var reply = largeReply();
    try (var farm = TinyFarm.behaving((in, out) -> serve(in, out, reply))) {
      var process =
          DoosProcess.start(
              folder,
              List.of("-Xmx24m"),
              "submit",
              "a.bas",
              "large.bin",
              "-o",
              "out",
              "--port",
              "" + farm.port());
      var out = new String(process.getInputStream().readAllBytes(), UTF_8);

      assertThat(DoosProcess.errors(process)).isEmpty();
      assertThat(DoosProcess.end(process)).isZero();
      assertThat(out).endsWith("out/big.bin  64.0 MiB\n");
      assertThat(folder.resolve("out/big.bin")).hasSize(LARGE);
    }
  }

  private static void interrupt(Process process) throws Exception {
    var kill = new ProcessBuilder("kill", "-INT", "" + process.pid()).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }

  /** Tells the requests from one another by their beginnings, and holds no more of them. */
  private static void serve(InputStream in, OutputStream out, byte[] result) throws Exception {
    var length = new ByteArrayOutputStream();
    for (var next = in.read(); next != '|'; next = in.read()) {
      length.write(next);
    }
    var left = Long.parseLong(length.toString(US_ASCII));
    var head = new String(in.readNBytes((int) Math.min(left, 60)), UTF_8);
    in.skipNBytes(left - Math.min(left, 60));
    if (head.contains("|prepareJob")) {
      out.write(TinyFarm.framed("[OK] Ticket:77".getBytes(UTF_8)));
    } else if (head.contains("|statusJob")) {
      out.write(TinyFarm.framed("[OK] Done".getBytes(UTF_8)));
    } else {
      out.write(result);
    }
  }

  private static byte[] largeReply() throws Exception {
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      var content = new byte[LARGE];
      var crc = new CRC32();
      crc.update(content);
      var entry = new ZipEntry("big.bin");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(LARGE);
      entry.setCrc(crc.getValue());
      out.putNextEntry(entry);
      out.write(content);
    }
    return TinyFarm.framed(TinyFarm.withFile("[OK] ", "files.zip", zip.toByteArray()));
  }
}
