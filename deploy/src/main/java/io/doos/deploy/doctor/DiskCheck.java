package io.doos.deploy.doctor;

import io.doos.common.config.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether {@code data.dir} can be written, and has room. */
final class DiskCheck {

  private static final ByteSize NEEDED = ByteSize.parse("1GiB");
  private static final ByteSize COMFORTABLE = ByteSize.parse("5GiB");

  private DiskCheck() {}

  static Finding look(Path folder) throws IOException {
    var absolute = folder.toAbsolutePath().normalize();
    var existing = existing(absolute);
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      return Finding.failed(
          "cannot write to " + absolute, "Set data.dir to a folder that this user may write.");
    }
    var free = Files.getFileStore(existing).getUsableSpace();
    var found =
        "%.1f GiB free in %s".formatted(free / (double) ByteSize.parse("1GiB").bytes(), absolute);
    var remedy = "Make room, or set data.dir to a folder on a larger disk.";
    if (free < NEEDED.bytes()) {
      return Finding.failed(found, remedy);
    }
    return free < COMFORTABLE.bytes() ? Finding.warning(found, remedy) : Finding.ok(found);
  }

  /** The folder itself, or the nearest above it that is there. */
  private static Path existing(Path folder) {
    var at = folder;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }
}
