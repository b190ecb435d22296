package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel is asked for; `make check-containers` tries the jail itself. */
class LandlockedTest {

  private static final Owner NOBODY_SPECIAL = new Owner(8568, 8568, false);

  @TempDir Path folder;

  @Test
  void onlyTheCellCanBeWrittenAndWhatIsNotNamedCannotBeOpened() throws Exception {
    var templates = Files.createDirectory(folder.resolve("templates"));
    var fonts = Files.createDirectory(folder.resolve("fonts"));
    var ground = new Jail.Ground(Path.of("/usr/lib"), templates, fonts, "UTC");
    var filter = new FilterFile(folder.resolve("filter"), 1);
    var jail = new Landlocked(60_600, Caps.standard(), ground, NOBODY_SPECIAL, filter);
    var cell = Cell.make(folder.resolve("office-0.1"), NOBODY_SPECIAL);

    var command = jail.command(cell, List.of("soffice.bin"));

    var writable =
        command.stream()
            .filter(rule -> rule.startsWith("path-beneath:") && rule.contains("make-reg"))
            .map(rule -> rule.substring(rule.lastIndexOf(':') + 1));
    assertThat(writable)
        .containsExactlyInAnyOrder(
            cell.tmp().toString(),
            cell.home().toString(),
            cell.profile().toString(),
            cell.job().toString());
    assertThat(command)
        .contains("path-beneath:make-sock,remove-file:/tmp", "--no-new-privs", "--seccomp-filter")
        .noneMatch(
            rule -> rule.endsWith(":/") || rule.endsWith(":/etc") || rule.endsWith(":/proc"));
    assertThat(command.getLast()).isEqualTo("soffice.bin");
  }

  @Test
  void anOfficesPipeHasANameThatNobodyGuesses() throws Exception {
    var one = Cell.make(folder.resolve("office-0.1"), NOBODY_SPECIAL);
    var other = Cell.make(folder.resolve("office-0.2"), NOBODY_SPECIAL);
    assertThat(one.secretName()).hasSizeGreaterThan(15).isNotEqualTo(other.secretName());
  }
}
