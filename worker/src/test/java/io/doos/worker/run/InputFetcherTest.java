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
import io.doos.common.store.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
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
  private static final int LIMIT_FILES = 10;

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
  void aSecondTryFindsNothingOfTheFirst() throws Exception {
    fetch(null, new InputFile.Inline("a", new byte[1]), new InputFile.Inline("b/c", new byte[1]));
    Files.writeString(workspace.scratch("bundle.zip"), "half of one");
    fetch(null, new InputFile.Inline("a", new byte[2]));
    try (var left = Files.walk(workspace.input().getParent())) {
      assertThat(left.filter(Files::isRegularFile))
          .containsExactly(workspace.input().resolve("a"))
          .allSatisfy(file -> assertThat(file).hasSize(2));
    }
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
    fault(new Bundle("bundle/1.zip", sha256(zip)))
        .hasMessageContaining("job.max-input")
        .extracting("error.code")
        .isEqualTo(ErrorCode.INPUT_TOO_LARGE);
  }

  @Test
  void aBombWhoseHeadersLieStopsAtTheLimitToo() throws Exception {
    var zip = zip("bomb", "0".repeat(1_000_000));
    store.put("bundle/1.zip", claimingToUnpackTo(1, zip));
    fault(new Bundle("bundle/1.zip", sha256(claimingToUnpackTo(1, zip))))
        .extracting("error.code")
        .isIn(ErrorCode.INPUT_TOO_LARGE, ErrorCode.BAD_JOB);
    try (var left = Files.walk(temp)) {
      assertThat(left.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()))
          .allMatch(bytes -> bytes <= 20_000);
    }
  }

  @Test
  void aZipInAZipIsAFileLikeAnyOther() throws Exception {
    var inner = zip("bomb", "0".repeat(1_000_000));
    store.put("templates/inner.zip", inner);
    new InputFetcher(store, new InputFetcher.Limits(10_000, LIMIT_FILES))
        .fetch(message(null, new InputFile.Stored("inner.zip", "templates/inner.zip")), workspace);
    assertThat(workspace.input().resolve("inner.zip")).hasBinaryContent(inner);
  }

  @Test
  void tooManyFilesAreRefused() throws Exception {
    var names = new String[2 * (LIMIT_FILES + 1)];
    for (int i = 0; i < names.length; i += 2) {
      names[i] = "f" + i;
      names[i + 1] = "";
    }
    var zip = zip(names);
    store.put("bundle/1.zip", zip);
    fault(new Bundle("bundle/1.zip", sha256(zip)))
        .hasMessageContaining("job.max-input-files")
        .extracting("error.code")
        .isEqualTo(ErrorCode.INPUT_TOO_LARGE);
  }

  @Test
  void aBundleThatIsNothingButAListOfFilesIsNotRead() throws Exception {
    var zip = zip("a", "x");
    var end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(zip.length - 22 + 12, 1 << 30);
    store.put("bundle/1.zip", zip);
    fault(new Bundle("bundle/1.zip", sha256(zip)))
        .hasMessageContaining("job.max-input-files")
        .extracting("error.code")
        .isEqualTo(ErrorCode.INPUT_TOO_LARGE);
  }

  @Test
  void aBundleLargerThanAllThatAJobMayBringIsNotFetchedWhole() throws Exception {
    var bytes = new byte[1 << 20];
    store.put("bundle/1.zip", bytes);
    fault(new Bundle("bundle/1.zip", sha256(bytes)))
        .extracting("error.code")
        .isEqualTo(ErrorCode.INPUT_TOO_LARGE);
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

  /** The unpacked size that local and central header give the only file is {@code bytes}. */
  private static byte[] claimingToUnpackTo(int bytes, byte[] zip) {
    var lying = zip.clone();
    var headers = ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 4 <= lying.length; at++) {
      switch (headers.getInt(at)) {
        case 0x02014b50 -> headers.putInt(at + 24, bytes);
        case 0x08074b50 -> headers.putInt(at + 12, bytes);
        default -> {}
      }
    }
    return lying;
  }

  private static JobMessage message(@Nullable Bundle bundle, InputFile... files) {
    return new JobMessage(
        new Ticket("t"),
        new RunMacro("main.script", "Main", List.of()),
        List.of(files),
        bundle,
        Instant.EPOCH,
        JobMessage.Limits.DEFAULT,
        null);
  }

  private void fetch(@Nullable Bundle bundle, InputFile... files) throws Exception {
    var message = message(bundle, files);
    new InputFetcher(store, new InputFetcher.Limits(LIMIT_BYTES, LIMIT_FILES))
        .fetch(message, workspace);
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
