package io.doos.worker.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A cell's files as they were when its office was clean, and the way back to that. */
final class CleanCell {

  private static final String MODIFICATIONS = "user/registrymodifications.xcu";

  /**
   * Not compared with the other files: it is looked into. The lock file is the office's own, and so
   * is the folder that it makes for the first Basic it meets.
   */
  private static final Set<String> NOT_STAMPED = Set.of(MODIFICATIONS, ".lock", "user/basic/");

  /**
   * Where windows stood, and when people were last asked for money: no job can see a difference.
   */
  private static final List<String> HARMLESS =
      List.of(
          "<item oor:path=\"/org.openoffice.Office.UI.",
          "<item oor:path=\"/org.openoffice.Office.Views/",
          "<item oor:path=\"/org.openoffice.Setup/Office/Factories/",
          "<item oor:path=\"/org.openoffice.Setup/Product\"><prop oor:name=\"LastTime");

  private static final Pattern MARKUP = Pattern.compile("<[^>]*>");

  private final Cell cell;
  private final WindowNames windowNames;
  private final FileStamps profile;
  private final FileStamps home;
  private final Set<String> homeNames;
  private final Set<String> tmpNames;
  private final Set<String> configuration;
  private String modificationsStamp;
  private String modifications;

  /** Takes {@code cell} as it is now, its configuration flushed, for clean. */
  CleanCell(Cell cell, WindowNames windowNames) throws IOException {
    this.cell = cell;
    this.windowNames = windowNames;
    this.profile = FileStamps.of(cell.profile(), NOT_STAMPED);
    this.home = FileStamps.of(cell.home(), Set.of());
    this.homeNames = names(cell.home());
    this.tmpNames = names(cell.tmp());
    this.modifications = modifications();
    this.configuration = configuration(modifications);
    this.modificationsStamp = modificationsStamp();
  }

  /**
   * Deletes what is new in the job folder, the temporary folder and the home.
   *
   * @return what a job has changed that cannot be taken back
   */
  Optional<String> restore() throws IOException {
    FolderTree.empty(cell.job(), Set.of());
    FolderTree.empty(cell.home(), homeNames);
    emptyTmp();
    var files =
        home.firstDifference(FileStamps.of(cell.home(), Set.of()))
            .or(() -> {
              try {
                return profile.firstDifference(FileStamps.of(cell.profile(), NOT_STAMPED));
              } catch (IOException e) {
                return Optional.of(e.toString());
              }
            });
    return files.map(file -> "the profile's file " + file).or(this::changedConfiguration);
  }

  private void emptyTmp() throws IOException {
    var keep = new HashSet<>(tmpNames);
    for (var name : names(cell.tmp())) {
      // the office's own folder for temporary files: it goes on using it, empty
      if (name.matches("lu[a-z0-9]+\\.tmp")
          && Files.isDirectory(cell.tmp().resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        FolderTree.empty(cell.tmp().resolve(name), Set.of());
        keep.add(name);
      }
    }
    FolderTree.empty(cell.tmp(), keep);
  }

  private Optional<String> changedConfiguration() {
    try {
      var stamp = modificationsStamp();
      if (stamp.equals(modificationsStamp)) {
        return Optional.empty();
      }
      var text = modifications(); // mostly written anew as it was
      var now = text.equals(modifications) ? configuration : configuration(text);
      if (now.equals(configuration)) {
        modificationsStamp = stamp;
        modifications = text;
        return Optional.empty();
      }
      now.removeAll(configuration);
      return Optional.of(
          "the configuration " + now.stream().sorted().findFirst().orElse("lacks something"));
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }

  private String modifications() throws IOException {
    return Files.readString(cell.profile().resolve(MODIFICATIONS));
  }

  private Set<String> configuration(String modifications) {
    return modifications
        .lines()
        .filter(line -> !isHarmless(line, windowNames))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static boolean isHarmless(String line, WindowNames windowNames) {
    return HARMLESS.stream().anyMatch(line::startsWith)
        && windowNames.explain(MARKUP.matcher(line).replaceAll(" ").strip());
  }

  private String modificationsStamp() throws IOException {
    var file = cell.profile().resolve(MODIFICATIONS);
    var attributes =
        Files.readAttributes(
            file, java.nio.file.attribute.BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.fileKey() + " " + attributes.lastModifiedTime();
  }

  private static Set<String> names(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
