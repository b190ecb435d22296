package io.doos.deploy.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether documents find fonts; without the usual ones they look different, or show boxes. */
final class FontCheck {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<Wanted> WANTED =
      List.of(
          new Wanted("Liberation Sans", "Arial", "fonts-liberation"),
          new Wanted("Liberation Serif", "Times New Roman", "fonts-liberation"),
          new Wanted("Carlito", "Calibri", "fonts-crosextra-carlito"),
          new Wanted("Caladea", "Cambria", "fonts-crosextra-caladea"),
          new Wanted("DejaVu Sans", "letters of many scripts", "fonts-dejavu-core"));

  /** A family, what it stands in for, and the package that brings it. */
  private record Wanted(String family, String instead, String debianPackage) {}

  private FontCheck() {}

  static Finding look() throws InterruptedException {
    ProgramRun list;
    try {
      list = ProgramRun.of(LIMIT, List.of("fc-list", "--format", "%{family[0]}\\n"));
    } catch (IOException e) {
      return Finding.failed("no fontconfig: " + e.getMessage(), install(List.of("fontconfig")));
    }
    var families = list.output().lines().collect(Collectors.toSet());
    var missing = new ArrayList<>(WANTED);
    missing.removeIf(wanted -> families.contains(wanted.family));
    var packages = missing.stream().map(Wanted::debianPackage).distinct().toList();
    if (families.isEmpty()) {
      return Finding.failed("no fonts at all", install(packages));
    }
    var found = families.size() + " families";
    if (missing.isEmpty()) {
      return Finding.ok(found);
    }
    var lacking =
        missing.stream()
            .map(wanted -> wanted.family + " (for " + wanted.instead + ")")
            .collect(Collectors.joining(", "));
    return Finding.warning(found + ", but no " + lacking, install(packages));
  }

  private static String install(List<String> packages) {
    return "apt-get install " + String.join(" ", packages);
  }
}
