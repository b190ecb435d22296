package io.doos.worker.office;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which folders offices may be shown under their own paths: none that hides or holds others. */
final class SharedFolder {

  /** What a jail has itself, and the system; nothing may cover these. */
  private static final List<String> TAKEN =
      List.of("/", "/home", "/tmp", "/var", "/var/lib", "/var/cache", "/root", "/run", "/opt");

  /** Nor may anything be in these. */
  private static final List<String> CLOSED =
      List.of(
          "/usr",
          "/lib",
          "/lib32",
          "/lib64",
          "/bin",
          "/sbin",
          "/etc",
          "/proc",
          "/sys",
          "/dev",
          "/boot",
          "/profile",
          "/job",
          "/templates",
          "/fonts");

  private SharedFolder() {}

  static void check(OfficeSettings settings) throws OfficeFailure.BadSharedFolder {
    if (settings.shared().isPresent()) {
      check(settings.shared().get(), settings.folder());
    }
  }

  private static void check(Path folder, Path offices) throws OfficeFailure.BadSharedFolder {
    if (!Files.isDirectory(folder)) {
      throw new OfficeFailure.BadSharedFolder(folder, "there is no such folder; make it");
    }
    var closed = CLOSED.stream().map(Path::of);
    if (TAKEN.stream().map(Path::of).anyMatch(folder::equals)
        || closed.anyMatch(folder::startsWith)) {
      throw new OfficeFailure.BadSharedFolder(
          folder, "it is the system's, or the jail's; take one such as /srv/documents");
    }
    if (folder.startsWith(offices) || offices.startsWith(folder)) {
      throw new OfficeFailure.BadSharedFolder(
          folder, "the offices' own folder, " + offices + ", is in it or around it");
    }
  }
}
