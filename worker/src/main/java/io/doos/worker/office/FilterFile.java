package io.doos.worker.office;

import io.doos.worker.confine.SystemCallFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A filter of system calls in a file, from where jails take it.
 *
 * @param denied how many calls it denies
 */
record FilterFile(Path path, int denied) {

  /**
   * Writes the filter for this processor into {@code folder}.
   *
   * @param bare whether it is for a jail without namespaces
   * @return empty where we know none for this processor
   */
  static Optional<FilterFile> write(Path folder, boolean bare) throws IOException {
    var filter = SystemCallFilter.here(bare);
    if (filter.isEmpty()) {
      return Optional.empty();
    }
    var path = folder.resolve(bare ? "system-calls-bare" : "system-calls");
    Files.write(path, filter.get().bytes());
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    return Optional.of(new FilterFile(path, filter.get().denied()));
  }

  static Layer.Missing missing() {
    return new Layer.Missing(
        Layer.Kind.SYSTEM_CALLS,
        "there is no filter for this processor, " + System.getProperty("os.arch"),
        "Run the worker on x86_64 or aarch64, or with jail=preferred.");
  }
}
