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
      var installation = OfficeInstallation.find(program(settings));
      var found = "LibreOffice " + installation.version() + " in " + installation.root();
      return installation.complete()
          ? Finding.ok(found)
          : Finding.failed(
              found
                  + ", without the interface of "
                  + String.join(", ", installation.withoutInterface()),
              installation.remedy());
    } catch (OfficeFailure.NotInstalled e) {
      return Finding.failed("no LibreOffice", String.valueOf(e.getMessage()));
    }
  }

  /** The folder of its programs, where the settings name an installation. */
  static Optional<Path> program(Settings settings) {
    return settings.get(OfficeSetting.OFFICE_HOME).map(home -> home.resolve("program"));
  }
}
