package io.doos.deploy.storm;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Everything that the storm did, in a file with times, and how often. Safe for any thread. */
final class StormLog implements AutoCloseable {

  private final PrintWriter file;
  private final Map<String, Integer> counts = new TreeMap<>();

  StormLog(Path file) {
    try {
      this.file = new PrintWriter(Files.newBufferedWriter(file), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes that {@code what} was done to {@code whom}. */
  synchronized void did(String what, Object whom) {
    counts.merge(what, 1, Integer::sum);
    file.printf("%s %s %s%n", Instant.now(), what, whom);
  }

  /** How often {@code what} was done. */
  synchronized int count(String what) {
    return counts.getOrDefault(what, 0);
  }

  /** All that was done, and how often. */
  synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  public void close() {
    file.close();
  }
}
