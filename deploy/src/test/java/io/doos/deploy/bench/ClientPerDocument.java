package io.doos.deploy.bench;

import io.doos.deploy.FreePort;
import io.doos.deploy.farm.Until;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Listening offices, and a process of unoconv for each document, which connects to one, has it
 * convert and ends: what scripts around an office do.
 */
final class ClientPerDocument implements Converter {

  /** With the system's own Python, which has the UNO module; it starts no office of its own. */
  private static final List<String> UNOCONV =
      List.of("/usr/bin/python3", "/usr/bin/unoconv", "--no-launch", "--format=pdf");

  private static final int PATIENCE_SECONDS = 60;

  /** An office, where it listens and what it says. */
  private record Listening(Process process, int port, Path log) {

    boolean isReached() {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException e) {
        return false;
      }
    }
  }

  private final int count;
  private final Path folder;
  private final BlockingQueue<Listening> offices;
  private final AtomicLong conversions = new AtomicLong();

  /** Starts {@code count} offices; {@code folder} is for their profiles and the PDFs. */
  ClientPerDocument(Path folder, int count) throws Exception {
    this.count = count;
    this.folder = Files.createDirectories(folder);
    this.offices = new ArrayBlockingQueue<>(count);
    for (int office = 0; office < count; office++) {
      offices.add(listen(FreePort.next()));
    }
    Until.holds(() -> offices.stream().allMatch(Listening::isReached));
  }

  private Listening listen(int port) throws IOException {
    var log = folder.resolve("office-" + port + ".log");
    return new Listening(
        saying(
                log,
                List.of(
                    "soffice",
                    "--headless",
                    "--norestore",
                    "--nologo",
                    "--nodefault",
                    "-env:UserInstallation=" + folder.resolve("profile-" + port).toUri(),
                    "--accept=socket,host=127.0.0.1,port=" + port + ";urp;"))
            .start(),
        port,
        log);
  }

  private static ProcessBuilder saying(Path log, List<String> command) {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
  }

  @Override
  public String name() {
    return "client per document";
  }

  @Override
  public int atOnce() {
    return count;
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public void convert(Path document) throws Exception {
    var number = conversions.incrementAndGet();
    var pdf = folder.resolve(number + ".pdf");
    var log = folder.resolve(number + ".log");
    var office = offices.take();
    try {
      var command = new ArrayList<>(UNOCONV);
      command.addAll(List.of("--port=" + office.port, "--output=" + pdf, document.toString()));
      run(saying(log, command), log, pdf, office);
    } finally {
      offices.add(office);
    }
    Pdf.check(document, Files.readAllBytes(pdf));
    Files.delete(pdf);
    Files.delete(log);
  }

  /** A client's exit code says little: now and then one dies of SIGSEGV when all is done. */
  private static void run(ProcessBuilder command, Path log, Path pdf, Listening office)
      throws IOException, InterruptedException {
    var client = command.start();
    var ended = client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (ended && Files.exists(pdf)) {
      return;
    }
    client.destroyForcibly();
    throw new IllegalStateException(
        "A client %s: %s%nIt said:%n%s%nIts office, which %s, said:%n%s"
            .formatted(
                ended
                    ? "ended with exit code " + client.exitValue()
                    : "did not end within " + PATIENCE_SECONDS + " s",
                String.join(" ", command.command()),
                Files.readString(log),
                office.process.isAlive()
                    ? "runs"
                    : "ended with exit code " + office.process.exitValue(),
                Files.readString(office.log)));
  }

  @Override
  public void close() {
    for (var office : offices) {
      office.process.descendants().forEach(ProcessHandle::destroyForcibly);
      office.process.destroyForcibly().onExit().join();
    }
  }
}
