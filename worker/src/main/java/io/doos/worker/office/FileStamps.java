package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files below a folder with their sizes and times, to be compared with what they are later.
 *
 * @param stamps by path within the folder; links count as files
 */
record FileStamps(Map<String, String> stamps) {

  FileStamps {
    stamps = Map.copyOf(stamps);
  }

  /** As they are now; a folder that vanishes meanwhile is as one that was not there. */
  static FileStamps of(Path folder, Set<String> leftOut) throws IOException {
    var stamps = new HashMap<String, String>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
            var name = folder.relativize(below) + "/";
            if (!leftOut.contains(name)) {
              stamps.put(name, ""); // its name alone may say something
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            var name = folder.relativize(file).toString();
            if (!leftOut.contains(name)) {
              stamps.put(
                  name,
                  attributes.size()
                      + " "
                      + attributes.lastModifiedTime().toInstant()
                      + " "
                      + attributes.fileKey());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return new FileStamps(stamps);
  }

  /** One file that is new, gone or changed in {@code later}. */
  Optional<String> firstDifference(FileStamps later) {
    if (stamps.equals(later.stamps)) {
      return Optional.empty();
    }
    var names = new HashMap<>(stamps);
    names.putAll(later.stamps);
    return names.keySet().stream()
        .filter(name -> !java.util.Objects.equals(stamps.get(name), later.stamps.get(name)))
        .sorted()
        .findFirst();
  }
}
