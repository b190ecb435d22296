package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What keeps an office, and the macros in it, away from everything but its own cell. Chosen once at
 * start by {@link JailChoice}.
 */
sealed interface Jail permits Bubblewrap, Landlocked, Unconfined {

  /** Seen inside besides {@code /usr}: what programs and libraries there need, and no more. */
  List<String> SYSTEM_FILES =
      List.of(
          "/etc/libreoffice",
          "/etc/fonts",
          "/etc/localtime",
          "/etc/ld.so.cache",
          "/etc/alternatives",
          "/etc/papersize",
          "/etc/java-25-openjdk", // Debian's JDK has its configuration there
          "/var/lib/libreoffice",
          "/var/cache/fontconfig");

  /** Whether the machine outside is really out of reach. */
  boolean confines();

  /** What it is, for the log and for people. */
  String description();

  /** What it is made of, and what it lacks. */
  List<Layer> layers();

  /** The filter of system calls that {@link #command} expects to find open. */
  Optional<Path> filterToOpen();

  /** The user that offices of this slot run as. */
  Owner owner(int slot);

  /** The command that runs {@code program} in {@code cell}. */
  List<String> command(Cell cell, List<String> program);

  /** The paths of {@code cell} as the office sees them. */
  View view(Cell cell);

  /** Where a program sees one of the ground's readable files and folders. */
  String inside(Path readable);

  /** The name of the pipe to accept on; unique among those that share {@link #pipeFolder}. */
  String pipeName(Cell cell);

  /** Where the office's pipe appears, outside. */
  Path pipeFolder(Cell cell);

  /** Deletes what an ended office left outside of its cell. */
  void afterwards(Cell cell) throws IOException;

  /** Absolute paths as an office sees them, without trailing slashes. */
  record View(
      String tmp,
      String home,
      String profile,
      String job,
      String etc,
      String templates,
      String fonts) {

    /** Where an office sees the paths that we see. */
    static View asItIs(Cell cell, Ground ground) {
      return new View(
          cell.tmp().toString(),
          cell.home().toString(),
          cell.profile().toString(),
          cell.job().toString(),
          cell.etc().toString(),
          ground.templates().toString(),
          ground.fonts().toString());
    }
  }

  /**
   * What all cells share, read-only.
   *
   * @param installation the folder of the LibreOffice
   * @param templates the mirrored templates
   * @param fonts the mirrored fonts
   * @param timezone an IANA name, such as {@code UTC}
   * @param shared a folder seen under its own path, and written to as the office's user may
   * @param readable more files and folders that are seen inside, where {@link Jail#inside} says
   * @param allocator the library that programs take memory by, in place of the C library's own way
   */
  record Ground(
      Path installation,
      Path templates,
      Path fonts,
      String timezone,
      Optional<Path> shared,
      List<Path> readable,
      Optional<Path> allocator) {

    Ground(Path installation, Path templates, Path fonts, String timezone) {
      this(installation, templates, fonts, timezone, Optional.empty(), List.of(), Optional.empty());
    }

    /**
     * The office's whole environment; its language is UTF-8 plain, its locale is in its profile.
     */
    List<String> environment(View view) {
      var environment = new ArrayList<String>();
      allocator.ifPresent(library -> environment.add("LD_PRELOAD=" + library));
      Collections.addAll(
          environment,
          "HOME=" + view.home(),
          "TMPDIR=" + view.tmp(),
          "PATH=/usr/bin:/bin",
          "LC_ALL=C.UTF-8",
          "TZ=" + timezone,
          "FONTCONFIG_FILE=" + view.etc() + "/fonts.conf",
          "GSETTINGS_BACKEND=memory",
          "SAL_USE_VCLPLUGIN=svp");
      return environment;
    }
  }
}
