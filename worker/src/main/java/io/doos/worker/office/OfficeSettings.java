package io.doos.worker.office;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How offices are started.
 *
 * @param folder ours alone: the offices' cells and the profile template are in it
 * @param program the folder of {@code soffice.bin}; empty looks in the usual places
 * @param jail whether offices must be confined
 * @param firstUid under root, the user id of office slot 0; the following slots use the following
 *     ids, which must belong to nobody else
 * @param caps what one office may use
 * @param locale such as {@code en-US}: decides on number formats, paper and page counts
 * @param timezone an IANA name, such as {@code UTC}
 * @param templates the folder that offices see as templates, read-only
 * @param fonts the folder of fonts added to the system's, read-only
 * @param startTimeout after which an office that does not answer is given up
 * @param shared a folder that all offices see under its own path, as their users may
 */
public record OfficeSettings(
    Path folder,
    Optional<Path> program,
    JailMode jail,
    int firstUid,
    Caps caps,
    String locale,
    String timezone,
    Path templates,
    Path fonts,
    Duration startTimeout,
    Optional<Path> shared) {

  /** In the range that systemd's list of user ids calls unused, and within 16 bits. */
  public static final int FIRST_UID = 60_600;

  /** Without a shared folder. */
  public OfficeSettings(
      Path folder,
      Optional<Path> program,
      JailMode jail,
      int firstUid,
      Caps caps,
      String locale,
      String timezone,
      Path templates,
      Path fonts,
      Duration startTimeout) {
    this(
        folder,
        program,
        jail,
        firstUid,
        caps,
        locale,
        timezone,
        templates,
        fonts,
        startTimeout,
        Optional.empty());
  }

  public OfficeSettings {
    if (!locale.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
      throw new IllegalArgumentException("not a locale such as en-US: " + locale);
    }
    if (!timezone.matches("[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")) {
      throw new IllegalArgumentException("not a timezone such as Europe/Berlin: " + timezone);
    }
    folder = folder.toAbsolutePath().normalize();
    templates = templates.toAbsolutePath().normalize();
    fonts = fonts.toAbsolutePath().normalize();
    shared = shared.map(path -> path.toAbsolutePath().normalize());
  }

  /** The defaults, with everything in {@code folder}. */
  public static OfficeSettings standard(Path folder) {
    return new OfficeSettings(
        folder.resolve("offices"),
        Optional.empty(),
        JailMode.REQUIRED,
        FIRST_UID,
        Caps.standard(),
        "en-US",
        "UTC",
        folder.resolve("templates"),
        folder.resolve("fonts"),
        Duration.ofSeconds(30));
  }
}
