package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {

  private static final int CHAIN = 400;

  @TempDir Path temp;

  @Test
  void deletesFoldersNestedDeeperThanAnyPathCanSay() throws Exception {
    var folder = Files.createDirectory(temp.resolve("job"));
    for (int chains = 0; chains < 50; chains++) {
      var next = temp.resolve("next");
      Files.createDirectories(next.resolve("d/".repeat(CHAIN)));
      Files.move(folder, next.resolve("d/".repeat(CHAIN) + "x"));
      Files.move(next, folder);
    }
    FolderTree.delete(folder);
    assertThat(folder).doesNotExist();
  }

  @Test
  void keepsWhatItIsToldToKeep() throws Exception {
    Files.createDirectories(temp.resolve("kept/a"));
    Files.createDirectories(temp.resolve("gone/a"));
    FolderTree.empty(temp, Set.of("kept"));
    assertThat(temp.resolve("kept/a")).exists();
    assertThat(temp.resolve("gone")).doesNotExist();
  }
}
