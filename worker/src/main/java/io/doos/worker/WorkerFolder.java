package io.doos.worker;

import io.doos.worker.office.FolderTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A worker's part of the data folder. Belongs to one process at a time: what a killed worker left
 * in it is swept away when the next one takes it.
 */
final class WorkerFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lock;

  private WorkerFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes the folder {@code worker} in {@code data}.
   *
   * @throws IOException when another process has it, or it cannot be written
   */
  static WorkerFolder take(Path data) throws IOException {
    var folder = Files.createDirectories(data.toAbsolutePath().normalize().resolve("worker"));
    var lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException("another worker uses " + folder + "; give each its own data.dir");
    }
    var taken = new WorkerFolder(folder, lock);
    FolderTree.delete(taken.work());
    Files.createDirectories(taken.work());
    return taken;
  }

  Path offices() {
    return folder.resolve("offices");
  }

  Path templates() {
    return folder.resolve("templates");
  }

  Path fonts() {
    return folder.resolve("fonts");
  }

  /** Workspaces of jobs under way. */
  Path work() {
    return folder.resolve("work");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
