package io.doos.worker.office;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Paths of unix sockets that are short enough for the kernel, which takes 107 bytes: where the data
 * folder's own path is longer, by way of a link in the system's folder for temporary files. Closing
 * removes the link.
 */
final class ShortPath implements AutoCloseable {

  /** {@code sizeof sun_path} less the terminating zero. */
  static final int LONGEST_BYTES = 107;

  private final Path folder;
  private @Nullable Path link;

  /**
   * Makes no link yet.
   *
   * @param folder what all the sockets are somewhere below
   */
  ShortPath(Path folder) {
    this.folder = folder;
  }

  /** A path that leads to {@code socket}. */
  synchronized Path to(Path socket) throws IOException {
    if (bytes(socket) <= LONGEST_BYTES || !socket.startsWith(folder)) {
      return socket;
    }
    if (link == null) {
      var own = Files.createTempDirectory("doos");
      link = Files.createSymbolicLink(own.resolve("o"), folder);
    }
    var shorter = link.resolve(folder.relativize(socket));
    if (bytes(shorter) > LONGEST_BYTES) {
      throw new IOException(
          "The path of the office's socket, "
              + shorter
              + ", is longer than the "
              + LONGEST_BYTES
              + " bytes that the kernel takes: set java.io.tmpdir to a shorter folder");
    }
    return shorter;
  }

  private static int bytes(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public synchronized void close() {
    if (link != null) {
      try {
        Files.deleteIfExists(link);
        Files.deleteIfExists(link.getParent());
      } catch (IOException e) {
        // an empty folder for temporary files stays behind; the system sweeps those
      }
      link = null;
    }
  }
}
