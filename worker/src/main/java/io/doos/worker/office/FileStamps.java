package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The files below a folder with their sizes and times, to be compared with what they are later.
 * Taken after every job, so nothing is spelt out that only a difference needs.
 *
 * @param stamps links count as files
 */
record FileStamps(Path folder, Map<Path, Stamp> stamps) {

  /** Of a folder, whose name alone may say something. */
  private static final Stamp FOLDER = new Stamp(0, FileTime.fromMillis(0), "folder");

  /**
   * What changes with a file.
   *
   * @param key which file it is, whatever its name
   */
  record Stamp(long bytes, FileTime modified, Object key) {
    static Stamp of(BasicFileAttributes file) {
      // always a key, on Linux
      return new Stamp(
          file.size(), file.lastModifiedTime(), Objects.requireNonNull(file.fileKey()));
    }
  }

  FileStamps {
    stamps = Map.copyOf(stamps);
  }

  /**
   * As they are now; a folder that vanishes meanwhile is as one that was not there.
   *
   * @param leftOut names within the folder; those of folders end in a slash, and what is in them is
   *     not left out
   */
  static FileStamps of(Path folder, Set<String> leftOut) throws IOException {
    var stamps = new HashMap<Path, Stamp>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
            stamps.put(below, FOLDER);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            stamps.put(file, Stamp.of(attributes));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    for (var name : leftOut) {
      var isFolder = name.endsWith("/");
      stamps.computeIfPresent(
          folder.resolve(name), (_, stamp) -> stamp.equals(FOLDER) == isFolder ? null : stamp);
    }
    return new FileStamps(folder, stamps);
  }

  /** One file that is new, gone or changed in {@code later}, by its path within the folder. */
  Optional<String> firstDifference(FileStamps later) {
    if (stamps.equals(later.stamps)) {
      return Optional.empty();
    }
    var paths = new HashSet<>(stamps.keySet());
    paths.addAll(later.stamps.keySet());
    return paths.stream()
        .filter(path -> !Objects.equals(stamps.get(path), later.stamps.get(path)))
        .map(path -> name(path, later))
        .sorted()
        .findFirst();
  }

  private String name(Path path, FileStamps later) {
    var isFolder = FOLDER.equals(stamps.get(path)) || FOLDER.equals(later.stamps.get(path));
    return folder.relativize(path) + (isFolder ? "/" : "");
  }
}
