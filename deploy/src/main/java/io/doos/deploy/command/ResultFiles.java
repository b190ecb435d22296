package io.doos.deploy.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Unpacks a job's result. Nothing is written outside of the folder, whatever the names say.
 *
 * @param written the files, in the order of the zip
 * @param refused names that lead out of the folder or that this machine cannot write
 */
record ResultFiles(List<Written> written, List<String> refused) {

  /** A file as it lies on disk. */
  record Written(Path path, long bytes) {}

  ResultFiles {
    written = List.copyOf(written);
    refused = List.copyOf(refused);
  }

  /** Unpacks {@code zip} into {@code folder}, over what is there. */
  static ResultFiles unpack(Path zip, Path folder) throws IOException {
    var written = new ArrayList<Written>();
    var refused = new ArrayList<String>();
    Files.createDirectories(folder);
    try (var file = new ZipFile(zip.toFile())) {
      for (var entry : file.stream().toList()) {
        var target = target(folder, entry.getName());
        if (target.isEmpty()) {
          refused.add(entry.getName());
        } else if (entry.isDirectory()) {
          Files.createDirectories(target.get());
        } else {
          written.add(write(file, entry, target.get()));
        }
      }
    }
    return new ResultFiles(written, refused);
  }

  private static Written write(ZipFile zip, ZipEntry entry, Path target) throws IOException {
    if (target.getParent() != null) {
      Files.createDirectories(target.getParent());
    }
    try (var content = zip.getInputStream(entry)) {
      return new Written(target, Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING));
    }
  }

  private static Optional<Path> target(Path folder, String name) {
    try {
      var relative = Path.of(name);
      var leadsOut = relative.isAbsolute() || List.of(name.split("/", -1)).contains("..");
      return leadsOut ? Optional.empty() : Optional.of(folder.resolve(relative).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
