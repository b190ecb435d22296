package io.doos.common.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some files say, read again after they changed. They are looked at when somebody asks, at
 * most once a second. Files that are gone or wrong change nothing but the log: what they last said
 * well holds. Safe for use by any number of threads.
 */
public final class Reread<T> implements Supplier<T> {

  private static final Logger log = LoggerFactory.getLogger(Reread.class);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final List<Path> files;
  private final Reader<T> reader;
  private volatile T value;
  private volatile long lookedAt;
  private List<Stamp> seen;

  /** Reads the files. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads them.
     *
     * @throws IOException saying what is wrong, and in which of them
     */
    T read() throws IOException;
  }

  /** What changes with a file. */
  private record Stamp(FileTime modified, long bytes, @Nullable Object key) {
    private static final Stamp ABSENT = new Stamp(FileTime.fromMillis(0), -1, null);
  }

  private Reread(List<Path> files, Reader<T> reader, List<Stamp> seen, T value) {
    this.files = List.copyOf(files);
    this.reader = reader;
    this.seen = seen;
    this.value = value;
    this.lookedAt = System.nanoTime();
  }

  /**
   * Reads for the first time.
   *
   * @throws IOException as the reader does
   */
  public static <T> Reread<T> open(List<Path> files, Reader<T> reader) throws IOException {
    var seen = stamps(files);
    return new Reread<>(files, reader, seen, reader.read());
  }

  @Override
  public T get() {
    if (System.nanoTime() - lookedAt > LOOK_AGAIN.toNanos()) {
      lookAgain();
    }
    return value;
  }

  private synchronized void lookAgain() {
    lookedAt = System.nanoTime();
    var now = stamps(files);
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      value = reader.read();
      log.info("{} changed and was read again", files);
    } catch (IOException e) {
      log.error("{} changed, but what it said before holds: {}", files, e.getMessage());
    }
  }

  private static List<Stamp> stamps(List<Path> files) {
    var stamps = new ArrayList<Stamp>();
    for (var file : files) {
      try {
        var now = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(new Stamp(now.lastModifiedTime(), now.size(), now.fileKey()));
      } catch (IOException e) {
        log.debug("{} cannot be seen", file, e);
        stamps.add(Stamp.ABSENT);
      }
    }
    return stamps;
  }
}
