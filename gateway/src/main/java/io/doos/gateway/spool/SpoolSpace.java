package io.doos.gateway.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory and the folder that all spools of a process share. However many spools there are, they
 * hold no more memory than allowed in all; what does not fit goes to files.
 *
 * <p>Each space has a folder of its own beside a locked file. A process that was killed leaves both
 * behind without the lock, and the next one that opens a space in the same parent folder removes
 * them. Safe for use by any number of threads.
 */
public final class SpoolSpace implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SpoolSpace.class);
  private static final String LOCK = ".lock";

  /**
   * Where spools may go, and how large they may be.
   *
   * @param parent a folder on a local disk; made when it is not there
   * @param bytesPerSpool what one spool may keep in memory
   * @param bytesInAll what all spools together may keep in memory
   */
  public record Config(Path parent, int bytesPerSpool, long bytesInAll) {

    /** 1 MiB a spool, and in all a sixth of the largest heap that this process can get. */
    public static Config in(Path parent) {
      return new Config(parent, 1024 * 1024, Runtime.getRuntime().maxMemory() / 6);
    }
  }

  private final int bytesPerSpool;
  private final Path folder;
  private final Path lockFile;
  private final FileChannel lock;
  private final AtomicLong freeBytes;
  private final AtomicLong filesMade = new AtomicLong();

  private SpoolSpace(Config config, Path lockFile, FileChannel lock) {
    this.bytesPerSpool = config.bytesPerSpool();
    this.freeBytes = new AtomicLong(config.bytesInAll());
    this.lockFile = lockFile;
    this.lock = lock;
    this.folder = folderOf(lockFile);
  }

  /** Sweeps what killed processes left in the parent folder, then opens a space in it. */
  public static SpoolSpace open(Config config) throws IOException {
    Files.createDirectories(config.parent());
    sweep(config.parent());
    var lockFile = Files.createTempFile(config.parent(), "spool-", LOCK);
    var lock = FileChannel.open(lockFile, StandardOpenOption.WRITE);
    lock.lock();
    var space = new SpoolSpace(config, lockFile, lock);
    Files.createDirectories(space.folder);
    return space;
  }

  /** A new, empty spool. Whoever asks for it closes it. */
  public Spool spool() {
    return new Spool(this);
  }

  /** Memory that is not taken by any spool. */
  public long freeBytes() {
    return freeBytes.get();
  }

  /** The folder that holds the spools that went to files. */
  public Path folder() {
    return folder;
  }

  int bytesPerSpool() {
    return bytesPerSpool;
  }

  boolean take(int bytes) {
    var before = freeBytes.getAndUpdate(free -> free >= bytes ? free - bytes : free);
    return before >= bytes;
  }

  void giveBack(long bytes) {
    freeBytes.addAndGet(bytes);
  }

  Path newFile() {
    return folder.resolve(filesMade.incrementAndGet() + ".tmp");
  }

  /** Removes the folder with all that is still in it. */
  @Override
  public void close() {
    try {
      remove(folder);
      lock.close();
      Files.deleteIfExists(lockFile);
    } catch (IOException e) {
      log.warn("The spool folder {} could not be removed", folder, e);
    }
  }

  private static void sweep(Path parent) throws IOException {
    try (var files = Files.newDirectoryStream(parent, "spool-*" + LOCK)) {
      for (var file : files) {
        sweepIfAbandoned(file);
      }
    }
  }

  @SuppressWarnings("try") // the lock is held, never used
  private static void sweepIfAbandoned(Path lockFile) {
    try (var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        remove(folderOf(lockFile));
        Files.deleteIfExists(lockFile);
        log.info("Removed what a killed process left in {}", folderOf(lockFile));
      }
    } catch (OverlappingFileLockException e) {
      log.debug("{} is in use by this process", lockFile);
    } catch (IOException e) {
      log.warn("What a killed process left at {} could not be removed", lockFile, e);
    }
  }

  private static Path folderOf(Path lockFile) {
    var name = lockFile.getFileName().toString();
    return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var tree = Files.walk(folder)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
