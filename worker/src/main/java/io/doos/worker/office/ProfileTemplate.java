package io.doos.worker.office;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An office's home and profile as they should be when it starts, kept in a folder, so that no
 * office goes through its first start again. Good for one version of LibreOffice and one set of
 * settings; a seal over both and over all its files tells a stale, half-built or damaged one.
 */
record ProfileTemplate(Path folder) {

  private static final String SEAL = "seal";

  private Path home() {
    return folder.resolve("home");
  }

  private Path profile() {
    return folder.resolve("profile");
  }

  /** Whether it is whole, and was sealed for {@code key}. */
  boolean soundFor(String key) throws IOException {
    var seal = folder.resolve(SEAL);
    return Files.isRegularFile(seal) && Files.readString(seal).equals(digest(key));
  }

  /** Replaces it by the home and profile of {@code cell}, whose office has ended. */
  void takeFrom(Cell cell, String key) throws IOException {
    FolderTree.delete(folder);
    Files.createDirectories(folder);
    var us = Owner.self();
    copy(cell.home(), home(), us);
    copy(cell.profile(), profile(), us);
    Files.writeString(folder.resolve(SEAL), digest(key)); // last: without it, it is half-built
  }

  /** Fills the empty home and profile of {@code cell}; 5 to 15 ms. */
  void copyTo(Cell cell) throws IOException {
    copy(home(), cell.home(), cell.owner());
    copy(profile(), cell.profile(), cell.owner());
  }

  private String digest(String key) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(key.getBytes(StandardCharsets.UTF_8));
      try (var files = Files.walk(folder)) {
        for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
          var name = folder.relativize(file).toString();
          if (!name.equals(SEAL)) {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static void copy(Path from, Path to, Owner owner) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            var copy = to.resolve(from.relativize(folder));
            Files.createDirectories(copy);
            owner.give(copy);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              var copy = to.resolve(from.relativize(file));
              Files.copy(file, copy);
              owner.give(copy);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
