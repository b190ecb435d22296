package io.doos.worker.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.job.Bundle;
import io.doos.common.job.InputFile;
import io.doos.common.job.JobMessage;
import io.doos.common.job.Ticket;
import io.doos.common.job.Work.RunMacro;
import io.doos.common.status.ErrorCode;
import io.doos.common.store.FakeObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFetcherTest {

  private static final long LIMIT_BYTES = 1000;

  @TempDir Path temp;
  private final FakeObjectStore store = new FakeObjectStore();
  private Workspace workspace;

  @BeforeEach
  void open() throws IOException {
    workspace = Workspace.create(temp, new Ticket("t"), 1);
  }

  @AfterEach
  void close() {
    workspace.close();
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void inlineStoredAndBundledFilesLieSideBySide() throws Exception {
    store.put("templates/letter.odt", "letter".getBytes(UTF_8));
    var zip = zip("bundled.csv", "a;b", "deep/er.txt", "deep");
    store.put("bundle/1.zip", zip);
    fetch(
        new Bundle("bundle/1.zip", sha256(zip)),
        new InputFile.Inline("main.script", "Sub Main".getBytes(UTF_8)),
        new InputFile.Stored("letter.odt", "templates/letter.odt"));
    assertThat(workspace.input().resolve("bundled.csv")).hasContent("a;b");
    assertThat(workspace.input().resolve("deep/er.txt")).hasContent("deep");
    assertThat(workspace.input().resolve("main.script")).hasContent("Sub Main");
    assertThat(workspace.input().resolve("letter.odt")).hasContent("letter");
  }

  @Test
  void aMissingObjectIsNamed() {
    fault(null, new InputFile.Stored("x", "templates/none.odt"))
        .hasMessageContaining("templates/none.odt")
        .extracting("error.code")
        .isEqualTo(ErrorCode.INPUT_MISSING);
  }

  @Test
  void aBundleWithAnotherChecksumIsRefused() throws Exception {
    store.put("bundle/1.zip", zip("a", "b"));
    fault(new Bundle("bundle/1.zip", "0".repeat(64)))
        .hasMessageContaining("SHA-256")
        .extracting("error.code")
        .isEqualTo(ErrorCode.INPUT_MISSING);
  }

  @Test
  void aBundleThatIsNoZipIsRefused() throws Exception {
    var bytes = "no zip at all".getBytes(UTF_8);
    store.put("bundle/1.zip", bytes);
    fault(new Bundle("bundle/1.zip", sha256(bytes)))
        .extracting("error.code")
        .isEqualTo(ErrorCode.BAD_JOB);
  }

  @Test
  void aZipBombStopsAtTheLimit() throws Exception {
    var zip = zip("bomb", "0".repeat(1001));
    store.put("bundle/1.zip", zip);
    fault(new Bundle("bundle/1.zip", sha256(zip))).hasMessageContaining("job.max-input");
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() throws Exception {
    var zip = zip("../evil", "x");
    store.put("bundle/1.zip", zip);
    fault(new Bundle("bundle/1.zip", sha256(zip))).hasMessageContaining("'../evil'");
  }

  @Test
  void aFileThatIsAlsoAFolderIsRefused() {
    fault(null, new InputFile.Inline("a", new byte[0]), new InputFile.Inline("a/b", new byte[0]))
        .extracting("error.code")
        .isEqualTo(ErrorCode.BAD_JOB);
  }

  @Test
  void theSameNameInBundleAndMessageIsRefused() throws Exception {
    var zip = zip("a", "x");
    store.put("bundle/1.zip", zip);
    fault(new Bundle("bundle/1.zip", sha256(zip)), new InputFile.Inline("a", new byte[0]))
        .hasMessageContaining("Two input files are named 'a'");
  }

  private void fetch(@Nullable Bundle bundle, InputFile... files) throws Exception {
    var message =
        new JobMessage(
            new Ticket("t"),
            new RunMacro("main.script", "Main", List.of()),
            List.of(files),
            bundle,
            Instant.EPOCH,
            JobMessage.Limits.DEFAULT,
            null);
    new InputFetcher(store, LIMIT_BYTES).fetch(message, workspace);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> fault(
      @Nullable Bundle bundle, InputFile... files) {
    return assertThatThrownBy(() -> fetch(bundle, files)).isInstanceOf(JobFault.class);
  }

  private static byte[] zip(String... namesAndTexts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }
}
