package io.doos.deploy.doctor;

import io.doos.common.config.JailMode;
import io.doos.common.config.OfficeSetting;
import io.doos.common.config.Settings;
import io.doos.worker.WorkerSettings;
import io.doos.worker.office.Layer;
import io.doos.worker.office.OfficeFailure;
import io.doos.worker.office.OfficeSettings;
import io.doos.worker.office.Offices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a jail really starts, tried as the worker tries it, and which layers it has. Tried once,
 * by whoever asks first. Safe from any thread.
 */
final class JailCheck {

  private record Seen(Finding finding, List<Layer> layers) {}

  private final Settings settings;
  private @Nullable Seen seen;

  JailCheck(Settings settings) {
    this.settings = settings;
  }

  /** The jail as a whole. */
  Finding look() throws IOException, InterruptedException {
    return seen().finding;
  }

  /** One layer of it. */
  Finding look(Layer.Kind kind) throws IOException, InterruptedException {
    return seen().layers.stream()
        .filter(layer -> layer.kind() == kind)
        .findFirst()
        .map(JailCheck::finding)
        .orElseGet(() -> Finding.ok("not looked at: there is no jail"));
  }

  private synchronized Seen seen() throws IOException, InterruptedException {
    if (seen == null) {
      seen = probe();
    }
    return seen;
  }

  private Seen probe() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("doos-doctor-");
    try {
      // offices run as users of their own, who must get through to their folders
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      var report = Offices.probeJail(officeSettings(settings, folder));
      return new Seen(Finding.ok(report.description()), report.layers());
    } catch (OfficeFailure.NotConfined e) {
      var why = String.valueOf(e.getMessage());
      return new Seen(
          settings.get(OfficeSetting.JAIL) == JailMode.PREFERRED
              ? Finding.warning("offices run unjailed (jail=preferred)", why)
              : Finding.failed("offices cannot be jailed", why),
          List.of());
    } catch (OfficeFailure e) {
      return new Seen(Finding.failed("not tried: " + e.getMessage(), ""), List.of());
    } finally {
      delete(folder);
    }
  }

  private static Finding finding(Layer layer) {
    return switch (layer) {
      case Layer.Holds(_, var how) -> Finding.ok(how);
      case Layer.Missing(_, var why, var remedy) -> Finding.warning(why, remedy);
    };
  }

  private static OfficeSettings officeSettings(Settings settings, Path folder) {
    var standard = OfficeSettings.standard(folder);
    return new OfficeSettings(
        standard.folder(),
        OfficeCheck.program(settings),
        standard.jail(),
        standard.firstUid(),
        new WorkerSettings(settings).caps(),
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
