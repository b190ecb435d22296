package io.doos.deploy.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {

  @TempDir private Path folder;

  @Test
  void filesAndSubfoldersAreWrittenWithTheirSizes() throws Exception {
    var out = folder.resolve("out");

    var files = ResultFiles.unpack(zip("letter 1.pdf", "sub/deep/a.txt", "empty/"), out);

    assertThat(files.refused()).isEmpty();
    assertThat(files.written())
        .containsExactly(
            new ResultFiles.Written(out.resolve("letter 1.pdf"), 12),
            new ResultFiles.Written(out.resolve("sub/deep/a.txt"), 14));
    assertThat(out.resolve("sub/deep/a.txt")).hasContent("sub/deep/a.txt");
    assertThat(out.resolve("empty")).isEmptyDirectory();
  }

  @Test
  void whatIsThereIsWrittenOver() throws Exception {
    Files.writeString(folder.resolve("a"), "something longer");

    ResultFiles.unpack(zip("a"), folder);

    assertThat(folder.resolve("a")).hasContent("a");
  }

  @Test
  void namesThatLeadOutOfTheFolderAreRefusedAndTheRestIsWritten() throws Exception {
    var out = folder.resolve("in/out");

    var files =
        ResultFiles.unpack(
            zip("../evil", "a/../../evil", "/tmp/doos-evil", "..", "good", "a..b", "..."), out);

    assertThat(files.refused()).containsExactly("../evil", "a/../../evil", "/tmp/doos-evil", "..");
    assertThat(files.written())
        .extracting(w -> w.path().getFileName().toString())
        .containsExactly("good", "a..b", "...");
    assertThat(folder.resolve("in/evil")).doesNotExist();
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(Path.of("/tmp/doos-evil")).doesNotExist();
  }

  private Path zip(String... names) throws Exception {
    var path = folder.resolve("result.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (var name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(name.getBytes(UTF_8));
        }
      }
    }
    return path;
  }
}
