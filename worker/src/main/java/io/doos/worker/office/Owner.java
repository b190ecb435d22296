package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The user an office runs as.
 *
 * @param uid its user id
 * @param gid its group id
 * @param foreign whether it is another user than ours, so that files must be given to it; only root
 *     can do that
 */
record Owner(int uid, int gid, boolean foreign) {

  /** The user this process runs as. */
  static Owner self() throws IOException {
    var self = Path.of("/proc/self");
    return new Owner(
        (int) Files.getAttribute(self, "unix:uid"),
        (int) Files.getAttribute(self, "unix:gid"),
        false);
  }

  /** A user without a name for an office slot of a worker that runs as root. */
  static Owner unnamed(int uid) {
    return new Owner(uid, uid, true);
  }

  boolean root() {
    return uid == 0;
  }

  /** What a jail is told to have, where this is the worker's own user. */
  Layer layer() {
    return root()
        ? new Layer.Holds(Layer.Kind.USER, "one of its own for each office")
        : new Layer.Missing(
            Layer.Kind.USER,
            "offices have the worker's",
            "A worker that runs as root gives each office a user of its own.");
  }

  /** Gives one file or folder, not what is below it, to this user; follows no link. */
  void give(Path path) throws IOException {
    if (foreign) {
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
