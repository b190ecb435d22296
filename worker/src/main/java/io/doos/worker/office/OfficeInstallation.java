package io.doos.worker.office;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A LibreOffice found on this machine.
 *
 * @param root the folder that its {@code program} and {@code share} are in, all links resolved
 * @param version what it calls itself, such as {@code 7.4.7.2}
 * @param withoutInterface the programs whose {@code .ui} files are missing, as the {@code -nogui}
 *     packages of Debian and Ubuntu leave them out: a visible Calc document kills such an office
 * @param allocator jemalloc, where it is installed: offices that take their memory by it need a
 *     sixth less time for a document than by the C library's own allocator
 */
public record OfficeInstallation(
    Path root, String version, List<String> withoutInterface, Optional<Path> allocator) {

  private static final List<Path> USUAL_PLACES =
      List.of(
          Path.of("/usr/lib/libreoffice/program"),
          Path.of("/usr/lib64/libreoffice/program"),
          Path.of("/opt/libreoffice/program"));

  private static final List<Path> ALLOCATORS =
      Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
          .map(folder -> Path.of(folder, "libjemalloc.so.2"))
          .toList();

  private static final String PACKAGES =
      "libreoffice-writer libreoffice-calc libreoffice-impress libreoffice-draw";

  private static final Pattern VERSION =
      Pattern.compile("\"ooSetupVersionAboutBox\"[^>]*>\\s*<value>([0-9][^<]*)</value>");

  public OfficeInstallation {
    withoutInterface = List.copyOf(withoutInterface);
  }

  /** Looks in the folder that the settings name, or in the usual places. */
  public static OfficeInstallation find(Optional<Path> program) throws OfficeFailure.NotInstalled {
    for (var folder : program.map(List::of).orElse(USUAL_PLACES)) {
      var binary = folder.resolve("soffice.bin");
      if (Files.isExecutable(binary)) {
        return read(binary);
      }
    }
    throw new OfficeFailure.NotInstalled(
        "No soffice.bin in "
            + program.map(Path::toString).orElse("the usual places " + USUAL_PLACES)
            + ". Install LibreOffice: apt-get install --no-install-recommends "
            + PACKAGES);
  }

  private static OfficeInstallation read(Path binary) throws OfficeFailure.NotInstalled {
    try {
      var root = binary.toRealPath().resolve("../..").normalize();
      var share = root.resolve("share");
      var matcher =
          VERSION.matcher(
              Files.readString(share.resolve("registry/main.xcd"), StandardCharsets.UTF_8));
      if (!matcher.find()) {
        throw new OfficeFailure.NotInstalled(share + "/registry/main.xcd names no version.");
      }
      var withoutInterface = new ArrayList<String>();
      for (var program : List.of("swriter", "scalc", "simpress", "sdraw")) {
        if (!Files.isDirectory(share.resolve("config/soffice.cfg/modules/" + program + "/ui"))) {
          withoutInterface.add(program);
        }
      }
      return new OfficeInstallation(root, matcher.group(1), withoutInterface, jemalloc());
    } catch (IOException e) {
      throw new OfficeFailure.NotInstalled(
          "The LibreOffice at " + binary + " is not whole (" + e + "). Reinstall " + PACKAGES);
    }
  }

  private static Optional<Path> jemalloc() {
    return ALLOCATORS.stream().filter(Files::isReadable).findFirst();
  }

  /** Whether visible documents of all kinds work. */
  public boolean complete() {
    return withoutInterface.isEmpty();
  }

  /** What to do when it is not {@link #complete}. */
  public String remedy() {
    return "LibreOffice is installed without the user interface of "
        + withoutInterface
        + ": visible documents will kill the office. Install the full packages, not -nogui:"
        + " apt-get install --no-install-recommends "
        + PACKAGES;
  }

  Path binary() {
    return root.resolve("program/soffice.bin");
  }
}
