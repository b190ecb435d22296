package io.doos.deploy.doctor;

import io.doos.common.config.JailMode;
import io.doos.common.config.OfficeSetting;
import io.doos.common.config.Settings;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Offices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Whether a jail really starts, tried as the worker tries it. */
final class JailCheck {

  private JailCheck() {}

  static Finding look(Settings settings) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("doos-doctor-");
    try {
      // offices run as users of their own, who must get through to their folders
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return Finding.ok(Offices.probeJail(officeSettings(settings, folder)));
    } catch (OfficeFailure.NotConfined e) {
      var why = String.valueOf(e.getMessage());
      return settings.get(OfficeSetting.JAIL) == JailMode.PREFERRED
          ? Finding.warning("offices run unjailed (jail=preferred)", why)
          : Finding.failed("offices cannot be jailed", why);
    } catch (OfficeFailure e) {
      return Finding.failed("not tried: " + e.getMessage(), "");
    } finally {
      delete(folder);
    }
  }

  private static OfficeSettings officeSettings(Settings settings, Path folder) {
    var standard = OfficeSettings.standard(folder);
    return new OfficeSettings(
        standard.folder(),
        OfficeCheck.program(settings),
        standard.jail(),
        standard.firstUid(),
        standard.caps(),
        standard.locale(),
        standard.timezone(),
        standard.templates(),
        standard.fonts(),
        standard.startTimeout());
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
