package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampsTest {

  private static final Set<String> LEFT_OUT = Set.of("lock", "own/");
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2009-05-01T12:00:00Z"));

  @TempDir Path folder;
  private FileStamps before;

  @BeforeEach
  void stamp() throws IOException {
    Files.createDirectories(folder.resolve("user"));
    Files.createDirectory(folder.resolve("own"));
    write("user/settings", "one");
    write("lock", "one");
    before = FileStamps.of(folder, LEFT_OUT);
  }

  @Test
  void whatIsAsItWasIsNoDifference() throws IOException {
    assertThat(before.firstDifference(FileStamps.of(folder, LEFT_OUT))).isEmpty();
  }

  @Test
  void aFileThatIsNewGoneOrChangedIsNamed() throws IOException {
    write("user/new", "");
    assertDifference("user/new");
    Files.delete(folder.resolve("user/new"));
    write("user/settings", "three");
    assertDifference("user/settings");
    Files.delete(folder.resolve("user/settings"));
    assertDifference("user/settings");
  }

  @Test
  void aFileThatWasWrittenAnewAsItWasIsADifference() throws IOException {
    Files.setLastModifiedTime(folder.resolve("user/settings"), FileTime.from(Instant.now()));
    assertDifference("user/settings");
  }

  @Test
  void aFileInAFoldersPlaceIsADifference() throws IOException {
    Files.createDirectory(folder.resolve("user/empty"));
    before = FileStamps.of(folder, LEFT_OUT);
    Files.delete(folder.resolve("user/empty"));
    write("user/empty", "");
    assertDifference("user/empty/");
  }

  @Test
  void anotherFileOfTheSameNameSizeAndTimeIsADifference() throws IOException {
    write("other", "one");
    Files.move(folder.resolve("user/settings"), folder.resolve("away"));
    Files.move(folder.resolve("other"), folder.resolve("user/settings"));
    Files.delete(folder.resolve("away"));
    assertDifference("user/settings");
  }

  @Test
  void aNewFolderIsNamedAsOne() throws IOException {
    Files.createDirectory(folder.resolve("user/more"));
    assertDifference("user/more/");
  }

  @Test
  void whatIsLeftOutMayComeGoAndChangeButBecomeNothingElse() throws IOException {
    write("lock", "two");
    Files.delete(folder.resolve("own"));
    assertThat(before.firstDifference(FileStamps.of(folder, LEFT_OUT))).isEmpty();
    Files.delete(folder.resolve("lock"));
    Files.createDirectory(folder.resolve("lock"));
    assertDifference("lock/");
    Files.delete(folder.resolve("lock"));
    write("own", "a file");
    assertDifference("own");
  }

  @Test
  void whatIsInAFolderThatIsLeftOutIsNot() throws IOException {
    write("own/basic", "");
    assertDifference("own/basic");
  }

  private void assertDifference(String name) throws IOException {
    assertThat(before.firstDifference(FileStamps.of(folder, LEFT_OUT))).contains(name);
  }

  private void write(String name, String text) throws IOException {
    Files.setLastModifiedTime(Files.writeString(folder.resolve(name), text), LONG_AGO);
  }
}
