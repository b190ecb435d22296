package io.doos.deploy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PromisesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
  private static final Pattern TARGET = Pattern.compile("`make ([a-z-]+)`");

  @Test
  void everyTestAndTargetThatThePageOfPromisesNamesIsThere() throws IOException {
    var page = Files.readString(ROOT.resolve("docs/promises.md"));
    assertThat(TEST.matcher(page).results().map(name -> name.group(1)).distinct())
        .isNotEmpty()
        .isSubsetOf(tests());
    var makefile = Files.readString(ROOT.resolve("Makefile"));
    assertThat(TARGET.matcher(page).results().map(name -> name.group(1)).distinct())
        .isNotEmpty()
        .allSatisfy(target -> assertThat(makefile).contains("\n" + target + ":"));
  }

  private static Set<String> tests() throws IOException {
    var names = new HashSet<String>();
    for (var module : List.of("common", "gateway", "worker", "deploy")) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith("Test.java"))
            .map(name -> name.substring(0, name.length() - ".java".length()))
            .forEach(names::add);
      }
    }
    return names;
  }
}
