package io.doos.deploy.bench;

import io.doos.deploy.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Listening offices, and a Python process for each document that connects to one, has it convert
 * and ends: what scripts around an office do.
 */
final class ClientPerDocument implements Converter {

  private static final String CLIENT =
      """
      import os, sys, time, uno
      from com.sun.star.beans import PropertyValue
      from com.sun.star.connection import NoConnectException

      def properties(**values):
          return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())

      port, source, target, filter_name, patience = sys.argv[1:6]
      local = uno.getComponentContext()
      resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
      end = time.monotonic() + float(patience)
      while True:
          try:
              office = resolver.resolve(
                  "uno:socket,host=127.0.0.1,port=" + port + ";urp;StarOffice.ComponentContext")
              break
          except NoConnectException:
              if time.monotonic() > end:
                  raise
              time.sleep(0.1)
      desktop = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
      document = desktop.loadComponentFromURL(
          uno.systemPathToFileUrl(source), "_blank", 0, properties(Hidden=True, ReadOnly=True))
      document.storeToURL(uno.systemPathToFileUrl(target), properties(FilterName=filter_name))
      document.close(True)
      # The exit handlers of LibreOffice's libraries take away what the threads of the connection
      # still use: without this, a client now and then dies of SIGSEGV when all is done.
      os._exit(0)
      """;

  /** The system's own, which has the UNO module; seconds that an office's start may take. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final int PATIENCE_SECONDS = 60;

  /** An office, where it listens and what it says. */
  private record Listening(Process process, int port, Path log) {}

  private final int count;
  private final Path folder;
  private final Path script;
  private final BlockingQueue<Listening> offices;
  private final AtomicLong conversions = new AtomicLong();

  /** Starts {@code count} offices; {@code folder} is for their profiles and the PDFs. */
  ClientPerDocument(Path folder, int count) throws IOException {
    this.count = count;
    this.folder = Files.createDirectories(folder);
    this.script = Files.writeString(folder.resolve("client.py"), CLIENT);
    this.offices = new ArrayBlockingQueue<>(count);
    for (int office = 0; office < count; office++) {
      offices.add(listen(FreePort.next()));
    }
  }

  private Listening listen(int port) throws IOException {
    var log = folder.resolve("office-" + port + ".log");
    return new Listening(
        saying(
                log,
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                "--nodefault",
                "-env:UserInstallation=" + folder.resolve("profile-" + port).toUri(),
                "--accept=socket,host=127.0.0.1,port=" + port + ";urp;")
            .start(),
        port,
        log);
  }

  private static ProcessBuilder saying(Path log, String... command) {
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
    var filter = document.toString().endsWith(".xlsx") ? "calc_pdf_Export" : "writer_pdf_Export";
    var office = offices.take();
    try {
      var client =
          saying(
              log,
              PYTHON,
              script.toString(),
              "" + office.port,
              document.toString(),
              pdf.toString(),
              filter,
              "" + PATIENCE_SECONDS);
      run(client, log, office);
    } finally {
      offices.add(office);
    }
    Pdf.check(document, Files.readAllBytes(pdf));
    Files.delete(pdf);
    Files.delete(log);
  }

  private static void run(ProcessBuilder command, Path log, Listening office)
      throws IOException, InterruptedException {
    var client = command.start();
    var ended = client.waitFor(2L * PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (ended && client.exitValue() == 0) {
      return;
    }
    client.destroyForcibly();
    throw new IllegalStateException(
        "A client %s: %s%nIt said:%n%s%nIts office, which %s, said:%n%s"
            .formatted(
                ended
                    ? "ended with exit code " + client.exitValue()
                    : "did not end within " + 2 * PATIENCE_SECONDS + " s",
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
