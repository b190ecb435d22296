package io.doos.deploy.doctor;

import io.doos.common.config.OfficeSetting;
import io.doos.common.config.Settings;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeInstallation;
import java.nio.file.Path;
import java.util.Optional;

/** Whether there is a LibreOffice, and a whole one. */
final class OfficeCheck {

  private OfficeCheck() {}

  static Finding look(Settings settings) {
    try {
      return judge(OfficeInstallation.find(program(settings)));
    } catch (OfficeFailure.NotInstalled e) {
      return Finding.failed("no LibreOffice", String.valueOf(e.getMessage()));
    }
  }

  static Finding judge(OfficeInstallation installation) {
    var found = "LibreOffice " + installation.version() + " in " + installation.root();
    if (!installation.complete()) {
      return Finding.failed(
          found
              + ", without the interface of "
              + String.join(", ", installation.withoutInterface()),
          installation.remedy());
    }
    return installation.allocator().isPresent()
        ? Finding.ok(found + ", with jemalloc")
        : Finding.warning(
            found + ", without jemalloc",
            "With it offices need a sixth less time: apt-get install libjemalloc2");
  }

  /** The folder of its programs, where the settings name an installation. */
  static Optional<Path> program(Settings settings) {
    return settings.get(OfficeSetting.OFFICE_HOME).map(home -> home.resolve("program"));
  }
}
