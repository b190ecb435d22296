package io.doos.worker.format;

import io.doos.worker.fop.FormatterMain;
import io.doos.worker.office.FolderTree;
import io.doos.worker.office.JailedPrograms.CommandLine;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * The command that starts a formatter: our own Java, with the few jars that it needs.
 *
 * @param java the folder of the Java that runs us
 * @param classPath jars and folders of classes, in order
 * @param heapBytes the most that its heap gets
 */
record FormatterProgram(Path java, List<Path> classPath, long heapBytes) {

  /** How the names of the jars begin that a formatter needs, and of our own. */
  private static final List<String> JARS =
      List.of(
          "doos-common",
          "doos-worker",
          "fop-",
          "batik-",
          "xmlgraphics-commons",
          "fontbox",
          "pdfbox-io",
          "xml-apis-ext",
          "commons-io",
          "slf4j-api",
          "jcl-over-slf4j");

  /** Those that are no jars are classes just built. */
  private static final Set<String> MODULES = Set.of("common", "worker");

  /** What every machine has fonts in. */
  static final List<String> FONTS = List.of("/usr/share/fonts", "/usr/local/share/fonts");

  /** Which of Java's compilers a formatter has. */
  enum Compilers {
    /** The quick one: half the processor time until it is warm. */
    FIRST("-XX:TieredStopAtLevel=1"),
    /** The thorough one as well: half the processor time of a large document, once it is warm. */
    BOTH("-XX:TieredStopAtLevel=4");

    private final String option;

    Compilers(String option) {
      this.option = option;
    }
  }

  FormatterProgram {
    classPath = List.copyOf(classPath);
  }

  /**
   * The program with the jars that this process has itself.
   *
   * @param copies where copies of them go: a formatter's own user may not read ours
   */
  static FormatterProgram ofThisProcess(long heapBytes, Path copies) throws IOException {
    var found = new ArrayList<Path>();
    FolderTree.delete(copies);
    Files.createDirectories(copies);
    for (var path : ownClassPath()) {
      if (isNeeded(path)) {
        var copy = copies.resolve(found.size() + "-" + path.getFileName());
        copy(path, copy);
        found.add(copy);
      }
    }
    var java = Path.of(System.getProperty("java.home", "/usr")).toRealPath();
    return new FormatterProgram(java, found, heapBytes);
  }

  /** What it must be able to read beyond the system. */
  List<Path> readable() {
    var all = new ArrayList<>(classPath);
    all.add(java);
    return all;
  }

  CommandLine commandLine(Compilers compilers) {
    return (socket, jobFolder, fonts, inside) ->
        command(compilers, socket, jobFolder, fonts, inside);
  }

  private List<String> command(
      Compilers compilers,
      String socket,
      String jobFolder,
      String fonts,
      UnaryOperator<Path> inside) {
    var classes =
        classPath.stream()
            .map(path -> inside.apply(path).toString())
            .collect(Collectors.joining(":"));
    var command = new ArrayList<String>();
    command.add(inside.apply(java).resolve("bin/java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapBytes,
            "-Xms32m",
            "-Xss2m",
            "-XX:+UseSerialGC",
            compilers.option,
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxDirectMemorySize=64m",
            "-Djava.awt.headless=true",
            "-Djavax.xml.accessExternalDTD=",
            "-Djavax.xml.accessExternalSchema=",
            "-Djavax.xml.accessExternalStylesheet=",
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            classes,
            FormatterMain.class.getName(),
            socket,
            jobFolder));
    command.addAll(FONTS);
    command.add(fonts);
    return command;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var path : all.toList()) {
        var target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  private static boolean isNeeded(Path path) {
    var name = path.getFileName().toString();
    if (Files.isDirectory(path)) {
      // module/target/classes
      return name.equals("classes")
          && path.getNameCount() > 2
          && MODULES.contains(path.getName(path.getNameCount() - 3).toString());
    }
    return name.endsWith(".jar")
        && !name.contains("-tests")
        && JARS.stream().anyMatch(name::startsWith)
        && Files.isRegularFile(path);
  }

  /** The jars that jars name for their class path included. */
  private static Set<Path> ownClassPath() throws IOException {
    var all = new LinkedHashSet<Path>();
    for (var entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      var path = Path.of(entry).toAbsolutePath();
      all.add(path);
      if (entry.endsWith(".jar") && Files.isRegularFile(path)) {
        try (var jar = new JarFile(path.toFile())) {
          var manifest = jar.getManifest();
          var more = manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
          for (var name : more == null ? new String[0] : more.split(" ", -1)) {
            all.add(named(path, name));
          }
        }
      }
    }
    return all;
  }

  private static Path named(Path jar, String name) {
    return name.startsWith("file:") ? Path.of(URI.create(name)) : jar.resolveSibling(name);
  }
}
