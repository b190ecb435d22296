package io.doos.worker.office;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an office's profile says that differs from LibreOffice's own defaults, and how it is written
 * into {@code registrymodifications.xcu}.
 */
record ProfileSettings(List<Item> items) {

  /** One property of LibreOffice's configuration. */
  record Item(String path, String property, String value) {

    /** As the office writes it: one item, one line. */
    String line() {
      return "<item oor:path=\"%s\"><prop oor:name=\"%s\" oor:op=\"fuse\"><value>%s</value></prop></item>"
          .formatted(path, property, value);
    }

    private boolean isIn(String line) {
      return line.startsWith(
          "<item oor:path=\"%s\"><prop oor:name=\"%s\"".formatted(path, property));
    }
  }

  private static final String COMMON = "/org.openoffice.Office.Common";
  private static final String SETUP = "/org.openoffice.Setup";
  private static final String RECOVERY = "/org.openoffice.Office.Recovery";
  private static final String TEMPLATE_PATH =
      "/org.openoffice.Office.Paths/Paths/org.openoffice.Office.Paths:NamedPath['Template']";
  private static final String END = "</oor:items>";
  private static final String EMPTY =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <oor:items xmlns:oor="http://openoffice.org/2001/registry" \
      xmlns:xs="http://www.w3.org/2001/XMLSchema" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      </oor:items>
      """;

  /**
   * For an office that nobody sits at.
   *
   * @param version the office's, such as {@code 7.4.7.2}
   * @param locale such as {@code en-US}; decides on number formats, paper and page counts
   */
  static ProfileSettings of(String version, String locale) {
    var release = version.replaceAll("^([0-9]+\\.[0-9]+).*", "$1");
    return new ProfileSettings(
        List.of(
            // less than the office's own version here makes every start test its graphics: 0.7 s
            new Item(SETUP + "/Product", "ooSetupLastVersion", release),
            new Item(SETUP + "/Office", "ooSetupInstCompleted", "true"),
            new Item(SETUP + "/Office", "MigrationCompleted", "true"),
            new Item(SETUP + "/Office", "OfficeRestartInProgress", "false"),
            new Item(SETUP + "/L10N", "ooSetupSystemLocale", locale),
            // a killed office leaves its lock files, and the next load of that path answers null
            new Item(COMMON + "/Misc", "UseLocking", "false"),
            new Item(COMMON + "/Misc", "UseDocumentOOoLockFile", "false"),
            new Item(COMMON + "/Misc", "UseDocumentSystemFileLocking", "false"),
            new Item(COMMON + "/Misc", "FirstRun", "false"),
            new Item(COMMON + "/Misc", "ShowTipOfTheDay", "false"),
            new Item(COMMON + "/Misc", "CrashReport", "false"),
            new Item(COMMON + "/History", "PickListSize", "0"),
            new Item(COMMON + "/History", "Size", "0"),
            new Item(COMMON + "/Save/Document", "WarnAlienFormat", "false"),
            // 3: macros in documents run from trusted folders only, and there are none; the
            // application's own, which the jobs are, always run
            new Item(COMMON + "/Security/Scripting", "MacroSecurityLevel", "3"),
            // else what the user keeps as templates, which is all of /tmp for a user without a home
            new Item(TEMPLATE_PATH, "WritePath", "$(userurl)/template"),
            // words to complete while somebody types; else every document is searched for them
            new Item(
                "/org.openoffice.Office.Writer/AutoFunction/Completion", "CollectWords", "false"),
            new Item(RECOVERY + "/AutoSave", "Enabled", "false"),
            new Item(RECOVERY + "/RecoveryInfo", "Enabled", "false"),
            new Item("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
            // never update links when a document is loaded: 0 is never in Writer, 1 in Calc
            new Item("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
            new Item("/org.openoffice.Office.Calc/Content/Update", "Link", "1")));
  }

  ProfileSettings {
    items = List.copyOf(items);
  }

  /** The file that holds these and nothing else. */
  String alone() {
    return into(EMPTY);
  }

  /** {@code modifications} with these in the place of its own. */
  String into(String modifications) {
    var kept =
        modifications
            .replace(END, "")
            .lines()
            .filter(line -> !line.isBlank() && items.stream().noneMatch(item -> item.isIn(line)));
    var ours = items.stream().map(Item::line);
    return java.util.stream.Stream.concat(kept, ours).collect(Collectors.joining("\n", "", "\n"))
        + END
        + "\n";
  }
}
