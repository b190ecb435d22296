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
import java.util.UUID;

/**
 * Deletes folders, and gives them away, that an office can write to while we do. Every step goes
 * through an open directory and follows no link, so that a macro cannot lead us out of its cell by
 * exchanging folders for links.
 */
public final class FolderTree {

  /**
   * Deeper folders are brought up first: each level costs an open folder and a part of the stack.
   */
  private static final int MAX_DEPTH = 100;

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
    boolean broughtUp;
    do {
      try (var entries = Files.newDirectoryStream(folder)) {
        var top = secure(entries);
        broughtUp = empty(top, keep, top, 1);
      }
    } while (broughtUp);
  }

  /** Gives {@code path} and all below it to {@code owner}; links are left as they are. */
  static void give(Path path, FileOwner owner) throws IOException {
    var whole = path.toAbsolutePath();
    try (var parent = Files.newDirectoryStream(whole.getParent())) {
      give(secure(parent), whole.getFileName(), owner);
    }
  }

  private static void give(SecureDirectoryStream<Path> parent, Path name, FileOwner owner)
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
    attributes.setOwner(owner.user());
    attributes.setGroup(owner.group());
  }

  /** Answers whether folders too deep to be deleted now were brought up into {@code top}. */
  private static boolean empty(
      SecureDirectoryStream<Path> folder,
      Set<String> keep,
      SecureDirectoryStream<Path> top,
      int depth)
      throws IOException {
    var broughtUp = false;
    for (var entry : folder) {
      var name = entry.getFileName();
      if (!keep.contains(name.toString())) {
        broughtUp |= delete(folder, name, top, depth);
      }
    }
    return broughtUp;
  }

  private static boolean delete(
      SecureDirectoryStream<Path> parent, Path name, SecureDirectoryStream<Path> top, int depth)
      throws IOException {
    var broughtUp = false;
    try {
      var isFolder =
          parent
              .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes()
              .isDirectory();
      if (isFolder && depth > MAX_DEPTH) {
        parent.move(name, top, Path.of("deep-" + UUID.randomUUID()));
        broughtUp = true;
      } else if (isFolder) {
        try (var below = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
          broughtUp = empty(below, Set.of(), top, depth + 1);
        }
        parent.deleteDirectory(name);
      } else {
        parent.deleteFile(name);
      }
    } catch (NoSuchFileException e) {
      // somebody was faster
    }
    return broughtUp;
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream) {
    return (SecureDirectoryStream<Path>) stream; // always, on Linux
  }
}
