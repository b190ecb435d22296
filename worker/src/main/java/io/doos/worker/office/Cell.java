package io.doos.worker.office;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * The folders that one incarnation of an office lives in, and the user it runs as. Made before its
 * start, deleted after its end.
 *
 * @param root holds all the others, and is named as the office
 * @param owner the user it runs as
 * @param fileOwner the same, as files are owned
 * @param secretName letters and digits that nobody can guess
 */
record Cell(Path root, Owner owner, FileOwner fileOwner, String secretName) {

  /** The office's {@code /tmp}; its socket is in it too. */
  Path tmp() {
    return root.resolve("tmp");
  }

  Path home() {
    return root.resolve("home");
  }

  Path profile() {
    return root.resolve("profile");
  }

  Path job() {
    return root.resolve("job");
  }

  /** Files of ours that the office reads: its fonts configuration, its user's entry. */
  Path etc() {
    return root.resolve("etc");
  }

  String name() {
    return root.getFileName().toString();
  }

  /**
   * Gives {@code path} and all below it to the user it runs as, where that is another than ours.
   */
  void give(Path path) throws IOException {
    if (owner.foreign()) {
      FolderTree.give(path, fileOwner);
    }
  }

  /** Makes the empty folders. */
  static Cell make(Path root, Owner owner) throws IOException {
    var secretName = new BigInteger(128, new SecureRandom()).toString(36);
    var cell = new Cell(root, owner, FileOwner.of(owner), secretName);
    Files.createDirectories(root);
    for (var folder : List.of(cell.tmp(), cell.home(), cell.profile(), cell.job())) {
      Files.createDirectory(folder);
      owner.give(folder);
    }
    Files.createDirectory(cell.etc());
    Files.writeString(
        cell.etc().resolve("passwd"),
        "office:x:%d:%d:office:/home:/bin/sh%n".formatted(owner.uid(), owner.gid()));
    Files.writeString(cell.etc().resolve("group"), "office:x:%d:%n".formatted(owner.gid()));
    return cell;
  }
}
