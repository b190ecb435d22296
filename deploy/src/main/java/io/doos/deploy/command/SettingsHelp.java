package io.doos.deploy.command;

import io.doos.common.config.Catalogue;
import io.doos.common.config.Setting;
import java.util.stream.Stream;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Adds all settings to the help of a command. */
final class SettingsHelp {

  private static final int WIDTH = 150;

  private SettingsHelp() {}

  static void addTo(UsageMessageSpec usage) {
    var intro =
        Stream.of(
            "",
            "Settings with their defaults; in doos.yaml, as environment variable (tcp.port is"
                + " DOOS_TCP_PORT) or by --set:");
    var lines = Catalogue.ALL.stream().map(SettingsHelp::line);
    usage.autoWidth(false).width(WIDTH).footer(Stream.concat(intro, lines).toArray(String[]::new));
  }

  /** A footer is a format: its percent signs are doubled. */
  private static String line(Setting<?> setting) {
    var name = setting.name() + "=" + setting.defaultText();
    var line = "  %-46s %s".formatted(name, setting.description().replace("`", ""));
    return line.replace("%", "%%");
  }
}
