package io.doos.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.status.Result.OutputFile;
import io.doos.common.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPackerTest {

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("out"));
  }

  @Test
  void namesWithSpacesUmlautsAndFoldersComeOutAsTheyWere() throws Exception {
    write("a b.txt", "one");
    write("sub/Übergröße.txt", "two");
    Files.createDirectory(folder.resolve("empty"));
    var packed = pack(1000, 100);
    assertThat(entries(packed.zip()))
        .containsEntry("a b.txt", "one")
        .containsEntry("sub/Übergröße.txt", "two")
        .containsEntry("empty/", "");
    assertThat(packed.files())
        .containsExactlyInAnyOrder(
            new OutputFile("a b.txt", 3), new OutputFile("sub/Übergröße.txt", 3));
    assertThat(packed.truncated()).isFalse();
  }

  @Test
  void nothingGivesAnEmptyZipThatOpens() throws Exception {
    var packed = pack(1000, 100);
    assertThat(entries(packed.zip())).isEmpty();
    assertThat(packed.files()).isEmpty();
  }

  @Test
  void sizeAndSha256AreThoseOfTheZip() throws Exception {
    write("x", "content");
    var packed = pack(1000, 100);
    var bytes = Files.readAllBytes(packed.zip());
    assertThat(packed.bytes()).isEqualTo(bytes.length);
    assertThat(packed.sha256()).isEqualTo(HexFormat.of().formatHex(Sha256.digest().digest(bytes)));
  }

  @Test
  void whatIsCompressedAlreadyIsNotCompressedAgain() throws Exception {
    for (var name : List.of("a.pdf", "b.ODT", "c.txt", "d.pdf.csv", "pdf")) {
      write(name, "0".repeat(10_000));
    }
    try (var zip = new ZipFile(pack(100_000, 100).zip().toFile())) {
      assertThat(zip.stream().filter(entry -> entry.getCompressedSize() > 9_999))
          .extracting(ZipEntry::getName)
          .containsExactlyInAnyOrder("a.pdf", "b.ODT");
    }
    write("between.pdf", "0123456789".repeat(20_000));
    assertThat(entries(pack(1_000_000, 100).zip()))
        .hasSize(6)
        .containsEntry("between.pdf", "0123456789".repeat(20_000))
        .containsEntry("c.txt", "0".repeat(10_000));
  }

  @Test
  void linksAreLeftOutAndNotFollowed() throws Exception {
    var secret = Files.createDirectory(temp.resolve("secrets"));
    Files.writeString(secret.resolve("key"), "secret");
    Files.createSymbolicLink(folder.resolve("file"), secret.resolve("key"));
    Files.createSymbolicLink(folder.resolve("folder"), secret);
    write("good", "good");
    assertThat(entries(pack(1000, 100).zip())).containsOnlyKeys("good");
  }

  @Test
  void aLinkInTheFoldersPlaceIsNotFollowed() throws Exception {
    var secret = Files.createDirectory(temp.resolve("secrets"));
    Files.writeString(secret.resolve("key"), "secret");
    Files.delete(folder);
    Files.createSymbolicLink(folder, secret);
    assertThat(entries(pack(1000, 100).zip())).isEmpty();
  }

  @Test
  void aFileInTheFoldersPlaceIsNothing() throws Exception {
    Files.delete(folder);
    Files.writeString(folder, "text");
    assertThat(entries(pack(1000, 100).zip())).isEmpty();
  }

  @Test
  void namesThatAreNoUtf8AreToldApart() throws Exception {
    var made =
        new ProcessBuilder("/bin/sh", "-c", "touch \"$(printf '\\377')\" \"$(printf '\\376')\"")
            .directory(folder.toFile())
            .start();
    assertThat(made.waitFor()).isZero();
    assertThat(pack(1000, 100).files()).hasSize(2);
  }

  @Test
  void namesThatLeadElsewhereOnOtherSystemsAreMadePlain() throws Exception {
    write("..\\..\\evil", "");
    write("a\nb", "");
    write("a_b", "");
    assertThat(entries(pack(1000, 100).zip()).keySet())
        .contains(".._.._evil")
        .hasSize(3)
        .noneMatch(name -> name.contains("\\") || name.contains("\n"));
  }

  @Test
  void foldersWithoutEndAreCutOff() throws Exception {
    write("d/".repeat(OutputPacker.MAX_DEPTH + 1) + "x", "");
    var packed = pack(1000, 1000);
    assertThat(packed.truncated()).isTrue();
    assertThat(packed.files()).isEmpty();
  }

  @Test
  void pastTheByteLimitItStopsAndSaysSo() throws Exception {
    write("large", "0123456789");
    var packed = pack(9, 100);
    assertThat(packed.truncated()).isTrue();
    assertThat(packed.files()).isEmpty();
  }

  @Test
  void pastTheFileLimitItStopsAndSaysSo() throws Exception {
    for (int i = 0; i < 11; i++) {
      write("f" + i, "");
    }
    var packed = pack(1000, 10);
    assertThat(packed.truncated()).isTrue();
    assertThat(packed.files()).hasSize(10);
  }

  private OutputPacker.Packed pack(long maxBytes, int maxFiles) throws IOException {
    return new OutputPacker(new OutputPacker.Limits(maxBytes, maxFiles))
        .pack(folder, temp.resolve("result.zip"));
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  private static Map<String, String> entries(Path zip) throws IOException {
    var texts = new TreeMap<String, String>();
    try (var file = new ZipFile(zip.toFile())) {
      for (var entry : file.stream().toList()) {
        texts.put(
            entry.getName(),
            new String(
                file.getInputStream(entry).readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
