package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Deletes folders, and gives them away, that an office can write to while we do. Every step goes
 * through an open directory and follows no link, so that a macro cannot lead us out of its cell by
 * exchanging folders for links.
 */
public final class FolderTree {

  private FolderTree() {}

  /**
   * Deletes {@code folder} and all that is in it; nothing if it is not there. Folders that a macro
   * closed even to itself are opened, so nobody may write to it any more.
   */
  public static void delete(Path folder) throws IOException {
    try {
      empty(folder, Set.of());
    } catch (NoSuchFileException e) {
      return;
    } catch (AccessDeniedException e) {
      open(folder);
      empty(folder, Set.of());
    }
    Files.deleteIfExists(folder);
  }

  private static void open(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          open(entry);
        }
      }
    }
  }

  /** Deletes what is in {@code folder} but the names to keep, which are left as they are. */
  static void empty(Path folder, Set<String> keep) throws IOException {
    try (var entries = Files.newDirectoryStream(folder)) {
      empty(secure(entries), keep);
    }
  }

  /** Gives {@code path} and all below it to {@code owner}; links are left as they are. */
  static void give(Path path, Owner owner) throws IOException {
    var whole = path.toAbsolutePath();
    try (var parent = Files.newDirectoryStream(whole.getParent())) {
      give(secure(parent), whole.getFileName(), owner);
    }
  }

  private static void give(SecureDirectoryStream<Path> parent, Path name, Owner owner)
      throws IOException {
    var attributes =
        parent.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    var kind = attributes.readAttributes();
    if (kind.isSymbolicLink() || kind.isOther()) {
      return;
    }
    if (kind.isDirectory()) {
      try (var below = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        for (var entry : below) {
          give(below, entry.getFileName(), owner);
        }
      }
    }
    // the folder after what is in it: until then only we can change it
    var users = name.getFileSystem().getUserPrincipalLookupService();
    attributes.setOwner(users.lookupPrincipalByName(String.valueOf(owner.uid())));
    attributes.setGroup(users.lookupPrincipalByGroupName(String.valueOf(owner.gid())));
  }

  private static void empty(SecureDirectoryStream<Path> folder, Set<String> keep)
      throws IOException {
    for (var entry : folder) {
      var name = entry.getFileName();
      if (!keep.contains(name.toString())) {
        delete(folder, name);
      }
    }
  }

  private static void delete(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    try {
      var isFolder =
          parent
              .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes()
              .isDirectory();
      if (isFolder) {
        try (var below = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          empty(below, Set.of());
        }
        parent.deleteDirectory(name);
      } else {
        parent.deleteFile(name);
      }
    } catch (NoSuchFileException e) {
      // somebody was faster
    }
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) {
    return (SecureDirectoryStream<Path>) stream; // always, on Linux
  }
}
