package io.doos.common.config;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All settings of the farm. */
public final class Catalogue {

  /** All of them, in reading order. */
  public static final List<Setting<?>> ALL =
      Stream.of(
              DoorSetting.ALL,
              HttpSetting.ALL,
              WebhookSetting.ALL,
              AccessSetting.ALL,
              TlsSetting.ALL,
              CliserSetting.ALL,
              FarmSetting.ALL,
              JobSetting.ALL,
              LimitSetting.ALL,
              OfficeSetting.ALL,
              FormatSetting.ALL,
              JailSetting.ALL,
              UnoSetting.ALL,
              ProcessSetting.ALL,
              TraceSetting.ALL)
          .<Setting<?>>flatMap(Collection::stream)
          .toList();

  private Catalogue() {}

  /**
   * The settings as a Markdown table, for people.
   *
   * @return lines that each end in a line feed
   */
  static String table() {
    var table =
        new StringBuilder("| setting | default | takes | what it is |\n|---|---|---|---|\n");
    for (var setting : ALL) {
      var preset = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
      table
          .append("| `")
          .append(setting.name())
          .append("` | ")
          .append(preset)
          .append(" | ")
          .append(setting.form().name())
          .append(" | ")
          .append(setting.description())
          .append(" |\n");
    }
    return table.toString();
  }
}
