package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfficePipesTest {

  @TempDir Path folder;

  @Test
  void bothSocketsOfAnOfficeGoAndThoseOfOthersStay() throws Exception {
    Files.createFile(folder.resolve("OSL_PIPE_8568_mine"));
    // as LibreOffice 25.2 named it for this profile
    Files.createFile(folder.resolve("OSL_PIPE_SingleOfficeIPC_2773ee18d314946bd2b35301092c1a"));
    var another =
        Files.createFile(
            folder.resolve("OSL_PIPE_SingleOfficeIPC_91d0024e64d7f97d2fedbd010b46032"));

    new OfficePipes(folder, "mine", "/var/tmp/tmp.GLH0qjosOp/data/offices/office-0.1/profile")
        .delete();

    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(another);
    }
  }
}
