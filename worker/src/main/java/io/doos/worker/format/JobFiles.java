package io.doos.worker.format;

import io.doos.worker.fop.FormatRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files that came with a job, as a formatter will get them. */
public sealed interface JobFiles {

  /** More files than this do not travel: each is looked for by its name. */
  int MOST = 64;

  /**
   * Few and small, so that they travel with the request and are files nowhere in the formatter's
   * reach.
   *
   * @param contents by their names
   */
  record Packed(Map<String, byte[]> contents) implements JobFiles {
    public Packed {
      contents = Map.copyOf(contents);
    }
  }

  /** A folder that is moved into the formatter's reach for the time. */
  record Folder(Path path) implements JobFiles {}

  /**
   * Gets the files in {@code folder} ready. Best done before there is a formatter; and only once,
   * while nobody but us could change them.
   */
  static JobFiles in(Path folder) throws IOException {
    var contents = new HashMap<String, byte[]>();
    long left = FormatRequest.MOST_BYTES;
    try (var all = Files.walk(folder)) {
      for (var file : (Iterable<Path>) all::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          left -= Files.size(file);
          if (left < 0 || contents.size() == MOST) {
            return new Folder(folder);
          }
          contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Packed(contents);
  }

  /** Whether there is a file of this name. */
  default boolean has(String name) {
    return switch (this) {
      case Packed(var contents) -> contents.containsKey(name);
      case Folder(var path) -> Files.isRegularFile(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    };
  }
}
