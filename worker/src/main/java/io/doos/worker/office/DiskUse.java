package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.List;

/**
 * What the files of an office take, counted while its job writes. Goes through open directories and
 * follows no link, so that a macro can neither hide files below very long paths nor lead us out.
 */
final class DiskUse {

  /** What even an empty file or folder takes: without it, a million of them were nothing. */
  private static final long BLOCK_BYTES = 4096;

  /** As deep as {@link FolderTree} goes without moving folders. */
  private static final int MAX_DEPTH = 100;

  private final long enough;
  private long bytes;

  private DiskUse(long enough) {
    this.enough = enough;
  }

  /**
   * Counts all that {@code cell}'s office can write, until it is more than {@code enough}.
   *
   * @return {@code Long.MAX_VALUE} when folders lie too deep in each other, or are closed
   */
  static long of(Cell cell, long enough) {
    var use = new DiskUse(enough);
    for (var folder : List.of(cell.job(), cell.tmp(), cell.home(), cell.profile())) {
      use.count(folder);
    }
    return use.bytes;
  }

  private void count(Path folder) {
    try (var entries = Files.newDirectoryStream(folder)) {
      count((SecureDirectoryStream<Path>) entries, 1); // always one, on Linux
    } catch (NoSuchFileException e) {
      // the office is going
    } catch (IOException | DirectoryIteratorException e) {
      bytes = Long.MAX_VALUE;
    }
  }

  private void count(SecureDirectoryStream<Path> folder, int depth) throws IOException {
    for (var entry : folder) {
      var name = entry.getFileName();
      try {
        var kind =
            folder
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        add(kind.isRegularFile() ? kind.size() : 0);
        if (kind.isDirectory()) {
          below(folder, name, depth);
        }
      } catch (NoSuchFileException e) {
        // it went meanwhile
      }
      if (bytes > enough) {
        return;
      }
    }
  }

  private void below(SecureDirectoryStream<Path> folder, Path name, int depth) throws IOException {
    if (depth == MAX_DEPTH) {
      bytes = Long.MAX_VALUE;
      return;
    }
    try (var below = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      count(below, depth + 1);
    }
  }

  private void add(long size) {
    var blocks = size / BLOCK_BYTES + 1;
    bytes =
        bytes > Long.MAX_VALUE - blocks * BLOCK_BYTES
            ? Long.MAX_VALUE
            : bytes + blocks * BLOCK_BYTES;
  }
}
