package io.doos.deploy.bench;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured beside the farm must not fail by itself, and must say why where it does. */
class ClientPerDocumentTest {

  private static final int CLIENTS = 12;

  @TempDir private Path folder;

  @Test
  void clientsOfAFreshOfficeConvertAndWhatFailsIsToldWithExitCodeAndCommand() throws Exception {
    var document = Files.writeString(folder.resolve("a.txt"), "a document");
    try (var clients = new ClientPerDocument(folder.resolve("clients"), 1)) {
      for (int client = 0; client < CLIENTS; client++) {
        clients.convert(document);
      }
      assertThatThrownBy(() -> clients.convert(folder.resolve("none.txt")))
          .hasMessageContaining("ended with exit code")
          .hasMessageContaining("/usr/bin/unoconv")
          .hasMessageContaining("none.txt")
          .hasMessageContaining("during import phase")
          .hasMessageContaining("Its office, which runs");
    }
  }
}
