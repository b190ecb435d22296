package io.doos.worker.office;

import java.nio.file.Path;
import java.util.List;

/**
 * What keeps an office, and the macros in it, away from everything but its own cell. Chosen once at
 * start by {@link JailChoice}.
 */
sealed interface Jail permits Bubblewrap, Unconfined {

  /** Whether the machine outside is really out of reach. */
  boolean confines();

  /** What it is, for the log and for people. */
  String description();

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
  void afterwards(Cell cell) throws java.io.IOException;

  /** Absolute paths as an office sees them, without trailing slashes. */
  record View(
      String tmp,
      String home,
      String profile,
      String job,
      String etc,
      String templates,
      String fonts) {}

  /**
   * What all cells share, read-only.
   *
   * @param installation the folder of the LibreOffice
   * @param templates the mirrored templates
   * @param fonts the mirrored fonts
   * @param timezone an IANA name, such as {@code UTC}
   * @param readable more files and folders that are seen inside, where {@link Jail#inside} says
   */
  record Ground(
      Path installation, Path templates, Path fonts, String timezone, List<Path> readable) {

    /**
     * The office's whole environment; its language is UTF-8 plain, its locale is in its profile.
     */
    List<String> environment(View view) {
      return List.of(
          "HOME=" + view.home(),
          "TMPDIR=" + view.tmp(),
          "PATH=/usr/bin:/bin",
          "LC_ALL=C.UTF-8",
          "TZ=" + timezone,
          "FONTCONFIG_FILE=" + view.etc() + "/fonts.conf",
          "GSETTINGS_BACKEND=memory",
          "SAL_USE_VCLPLUGIN=svp");
    }
  }
}
