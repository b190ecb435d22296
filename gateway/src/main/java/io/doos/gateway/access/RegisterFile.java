package io.doos.gateway.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The register as its file has it: looked at again, at most once a second, when somebody is at a
 * door. A file that is gone or wrong changes nothing but the log: the last good one holds. Safe for
 * use by any number of threads.
 */
public final class RegisterFile implements Supplier<Register> {

  private static final Logger log = LoggerFactory.getLogger(RegisterFile.class);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Path file;
  private volatile Register register;
  private @Nullable Stamp seen;
  private volatile long lookedAt;

  /** What changes with a file; null where there is none. */
  private record Stamp(FileTime modified, long bytes, @Nullable Object key) {}

  private RegisterFile(Path file, @Nullable Stamp seen, Register register) {
    this.file = file;
    this.seen = seen;
    this.register = register;
    this.lookedAt = System.nanoTime();
  }

  /**
   * Reads it for the first time.
   *
   * @throws IOException naming all that is wrong with it
   */
  public static RegisterFile open(Path file) throws IOException {
    return new RegisterFile(file, stamp(file), read(file));
  }

  @Override
  public Register get() {
    if (System.nanoTime() - lookedAt > LOOK_AGAIN.toNanos()) {
      lookAgain();
    }
    return register;
  }

  private synchronized void lookAgain() {
    lookedAt = System.nanoTime();
    try {
      var now = stamp(file);
      if (now.equals(seen)) {
        return;
      }
      seen = now;
      register = read(file);
      log.info("{} was read again", file);
    } catch (IOException | UncheckedIOException e) {
      if (seen != null || !(e instanceof NoSuchFileException)) {
        log.error("Who may use the doors stays as it was. {}", e.getMessage());
      }
      seen = e instanceof NoSuchFileException ? null : seen;
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    var now = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
  }

  private static Register read(Path file) throws IOException {
    try {
      return RegisterReader.read(Files.readAllLines(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " (access.file): " + e.getMessage(), e);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "it is the setting access.file");
    } catch (IOException e) {
      throw new IOException(file + " (access.file) cannot be read: " + e.getMessage(), e);
    }
  }
}
