package io.doos.worker.office;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that a folder is used by one worker at a time; the kernel ends it with the process.
 */
final class FolderClaim implements AutoCloseable {

  private final Path folder;
  private @Nullable FileChannel lock;

  FolderClaim(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder if need be. */
  void take() throws IOException, OfficeFailure.BadFolder {
    Files.createDirectories(folder);
    var channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var ours = false;
    try {
      ours = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      throw taken(e);
    } finally {
      if (!ours) {
        channel.close();
      }
    }
    if (!ours) {
      throw taken(new IOException("locked"));
    }
    lock = channel;
  }

  private OfficeFailure.BadFolder taken(Exception cause) {
    return new OfficeFailure.BadFolder(
        folder, "another worker uses it; give each worker a data folder of its own", cause);
  }

  @Override
  public void close() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        // given back at the latest when we end
      }
    }
  }
}
