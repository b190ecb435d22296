package io.doos.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A file of the host and a port on its loopback that nobody in a jail may reach. */
final class Canary implements AutoCloseable {

  static final String SECRET = "canary-4711";

  private final Path file;
  private final ServerSocket listener;
  private final AtomicInteger visits = new AtomicInteger();

  Canary(Path folder) throws IOException {
    file = Files.writeString(folder.resolve("canary.txt"), SECRET);
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var _ = Thread.ofVirtual().start(this::countVisits);
  }

  private void countVisits() {
    try {
      while (true) {
        listener.accept().close();
        visits.incrementAndGet();
      }
    } catch (SocketException e) {
      // closed
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Where they are, and who we are. */
  Map<String, String> words() {
    var port = String.valueOf(listener.getLocalPort());
    return Map.of(
        "CANARY", file.toString(),
        "FILE", file.toUri().toString(),
        "PORT", port,
        "HTTP", "http://127.0.0.1:" + port,
        "WORKER", String.valueOf(ProcessHandle.current().pid()));
  }

  void assertUntouched() {
    assertThat(visits).as("connections to the host").hasValue(0);
    assertThat(file).hasContent(SECRET);
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
