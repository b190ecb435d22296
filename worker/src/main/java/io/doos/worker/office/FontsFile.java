package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Files;

/** The fontconfig file of a cell: the system's fonts, and the mirrored ones. */
final class FontsFile {

  private FontsFile() {}

  static void write(Jail jail, Cell cell) throws IOException {
    var view = jail.view(cell);
    Files.writeString(
        cell.etc().resolve("fonts.conf"),
        """
        <?xml version="1.0"?>
        <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
        <fontconfig>
          <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
          <dir>%s</dir>
          <cachedir>%s/.cache/fontconfig</cachedir>
        </fontconfig>
        """
            .formatted(view.fonts(), view.home()));
  }
}
