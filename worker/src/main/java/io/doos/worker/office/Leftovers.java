package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed worker left in the folder for offices: cells, and, where there is no jail, perhaps
 * processes. Each cell names its outermost process in a file that its office cannot write.
 */
final class Leftovers {

  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  private static final String PROCESS = "process";

  private Leftovers() {}

  /** Notes that {@code pid} is the outermost process in {@code cell}. */
  static void note(Cell cell, long pid) throws IOException {
    var started = ProcessHandle.of(pid).flatMap(handle -> handle.info().startInstant());
    if (started.isPresent()) {
      Files.writeString(cell.etc().resolve(PROCESS), pid + " " + started.get());
    }
  }

  /** Ends and deletes everything in {@code folder} but the profile template. */
  static void sweep(Path folder) throws IOException {
    try (var cells = Files.newDirectoryStream(folder, "{office-*,program-*,probe,first-start}")) {
      for (var cell : cells) {
        process(cell).ifPresent(Leftovers::kill);
        FolderTree.delete(cell);
        log.info("Deleted what was left of {}", cell.getFileName());
      }
    }
  }

  private static Optional<ProcessHandle> process(Path cell) {
    try {
      var note = Files.readString(cell.resolve("etc").resolve(PROCESS));
      var blank = note.indexOf(' ');
      var started = Instant.parse(note.substring(blank + 1));
      // the same number may long be somebody else's
      return ProcessHandle.of(Long.parseLong(note.substring(0, blank)))
          .filter(handle -> handle.info().startInstant().equals(Optional.of(started)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // it never came so far, or the note is half written
    }
  }

  private static void kill(ProcessHandle process) {
    log.warn("Killing process {}, left by a worker that was killed", process.pid());
    for (var pid : ProcessTree.below(process.pid()).pids()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
