package io.doos.gateway.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

  private static final int BYTES_PER_SPOOL = 200_000;
  private static final long BYTES_IN_ALL = 500_000;

  private static SpoolSpace open(Path parent) throws IOException {
    return SpoolSpace.open(new SpoolSpace.Config(parent, BYTES_PER_SPOOL, BYTES_IN_ALL));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 511, 512, 513, 65_535, 65_536, 65_537, 131_073, 200_000, 200_001, 700_000})
  void whatIsWrittenInAnyPiecesIsReadFromAnywhere(int bytes, @TempDir Path parent)
      throws IOException {
    var random = new Random(bytes);
    var content = new byte[bytes];
    random.nextBytes(content);
    try (var space = open(parent);
        var spool = space.spool()) {
      for (var from = 0; from < bytes; ) {
        var count = Math.min(bytes - from, 1 + random.nextInt(40_000));
        spool.write(content, from, count);
        from += count;
      }
      assertThat(spool.bytes()).isEqualTo(bytes);
      assertThat(spool.isInMemory()).isEqualTo(bytes <= BYTES_PER_SPOOL);
      assertThat(spool.all().open().readAllBytes()).isEqualTo(content);
      for (var i = 0; i < 20; i++) {
        var from = random.nextInt(bytes + 1);
        var to = from + random.nextInt(bytes - from + 1);
        var slice = spool.all().slice(from, to - from);
        var expected = Arrays.copyOfRange(content, from, to);
        assertThat(slice.open().readAllBytes()).isEqualTo(expected);
        assertThat(slice.read(bytes)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aLargeSpoolIsInAFileUntilItIsClosed(@TempDir Path parent) throws IOException {
    try (var space = open(parent)) {
      var spool = space.spool();
      spool.write(new byte[BYTES_PER_SPOOL + 1]);
      var file = spool.file();
      assertThat(file).hasSize(BYTES_PER_SPOOL + 1);
      assertThat(space.freeBytes()).isEqualTo(BYTES_IN_ALL);
      spool.close();
      spool.close();
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void allSpoolsTogetherTakeNoMoreMemoryThanAllowedAndGiveItBack(@TempDir Path parent)
      throws IOException {
    try (var space = open(parent)) {
      List<Spool> spools = new ArrayList<>();
      for (var i = 0; i < 10; i++) {
        var spool = space.spool();
        spool.write(new byte[150_000]);
        assertThat(spool.all().open().readAllBytes()).hasSize(150_000);
        spools.add(spool);
      }
      assertThat(spools.stream().filter(Spool::isInMemory)).hasSize(2);
      assertThat(space.freeBytes()).isNotNegative();
      spools.forEach(Spool::close);
      assertThat(space.freeBytes()).isEqualTo(BYTES_IN_ALL);
      assertThat(space.folder()).isEmptyDirectory();
    }
  }

  @Test
  void aSmallSpoolGoesToAFileWhenSomebodyNeedsOne(@TempDir Path parent) throws IOException {
    try (var space = open(parent);
        var spool = space.spool()) {
      spool.write(new byte[100]);
      assertThat(spool.file()).hasSize(100);
      spool.write(new byte[100]);
      assertThat(spool.file()).hasSize(200);
      assertThat(spool.all().open().readAllBytes()).hasSize(200);
      assertThat(space.freeBytes()).isEqualTo(BYTES_IN_ALL);
    }
  }

  @Test
  void anEmptySpoolTakesNothing(@TempDir Path parent) throws IOException {
    try (var space = open(parent);
        var spool = space.spool()) {
      assertThat(space.freeBytes()).isEqualTo(BYTES_IN_ALL);
      assertThat(spool.all().open().read()).isEqualTo(-1);
    }
  }

  @Test
  void aSmallSpoolTakesLittle(@TempDir Path parent) throws IOException {
    try (var space = open(parent);
        var spool = space.spool()) {
      spool.write(new byte[60]);
      assertThat(BYTES_IN_ALL - space.freeBytes()).isEqualTo(512);
    }
  }

  @Test
  void aSliceIsNeverReadIntoMoreThanAllowed(@TempDir Path parent) throws IOException {
    try (var space = open(parent);
        var spool = space.spool()) {
      spool.write(new byte[100]);
      assertThatThrownBy(() -> spool.all().read(99)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> spool.all().slice(50, 51))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDiskThatFailsIsTold(@TempDir Path parent) throws IOException {
    try (var space = open(parent);
        var spool = space.spool()) {
      Files.delete(space.folder());
      assertThatThrownBy(() -> spool.write(new byte[BYTES_PER_SPOOL + 1]))
          .isInstanceOf(SpoolException.class);
    }
  }

  @Test
  void aClosedSpaceLeavesNothing(@TempDir Path parent) throws IOException {
    var space = open(parent);
    space.spool().write(new byte[BYTES_PER_SPOOL + 1]);
    space.close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftIsSweptAndWhatALivingOneUsesIsNot(@TempDir Path parent)
      throws IOException {
    var abandoned = Files.createDirectory(parent.resolve("spool-1"));
    Files.writeString(abandoned.resolve("7.tmp"), "half a request");
    Files.createFile(parent.resolve("spool-1.lock"));
    try (var first = open(parent);
        var used = first.spool()) {
      used.write(new byte[BYTES_PER_SPOOL + 1]);
      try (var second = open(parent)) {
        assertThat(second.folder()).isNotEqualTo(first.folder());
        assertThat(abandoned).doesNotExist();
        assertThat(used.file()).exists();
      }
    }
    assertThat(parent).isEmptyDirectory();
  }
}
