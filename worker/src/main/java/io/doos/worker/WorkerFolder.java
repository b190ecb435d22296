package io.doos.worker;

import io.doos.worker.office.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A worker's part of the data folder. */
record WorkerFolder(Path folder) {

  static WorkerFolder in(Path data) {
    return new WorkerFolder(data.toAbsolutePath().normalize().resolve("worker"));
  }

  /** The offices' own; whoever opens offices in it holds the whole folder against other workers. */
  Path offices() {
    return folder.resolve("offices");
  }

  /** The formatters' own. */
  Path formatters() {
    return folder.resolve("formatters");
  }

  /** Those of UNO clients that share a folder, apart from those of jobs. */
  Path unoOffices() {
    return folder.resolve("uno-offices");
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

  /** Sweeps away the workspaces that a killed worker left. */
  void sweep() throws IOException {
    FolderTree.delete(work());
    Files.createDirectories(work());
  }
}
