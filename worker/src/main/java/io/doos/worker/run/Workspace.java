package io.doos.worker.run;

import io.doos.common.job.Ticket;
import io.doos.worker.office.FolderTree;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attempt's own folder on the worker's disk, outside every jail: input is prepared in it before
 * an office is free, output is taken into it so that the office can go on. Gone on close.
 */
final class Workspace implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Workspace.class);

  private final Path folder;

  private Workspace(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes an empty workspace under {@code parent}, which must be on the same file system as the
   * offices' job folders.
   */
  static Workspace create(Path parent, Ticket ticket, int attempt) throws IOException {
    return new Workspace(Files.createTempDirectory(parent, ticket + "-" + attempt + "-"));
  }

  /** Makes it as empty as it was in the beginning, but for an empty input folder. */
  void clear() throws IOException {
    try {
      Files.createDirectory(input());
    } catch (FileAlreadyExistsException e) { // an earlier try came to something
      FolderTree.delete(folder);
      Files.createDirectories(input());
    }
  }

  /** The files that came with the job. */
  Path input() {
    return folder.resolve("in");
  }

  /** What the job left, once it was taken from the office. */
  Path output() {
    return folder.resolve("out");
  }

  /** A file of our own that no office sees. */
  Path scratch(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      log.warn("Could not remove {}", folder, e);
    }
  }
}
