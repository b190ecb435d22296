package io.doos.worker.uno;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.worker.office.OfficeFailure;
import io.doos.worker.uno.DoorOverOffices.Wishes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;
import org.jodconverter.core.DocumentConverter;
import org.jodconverter.local.LocalConverter;
import org.jodconverter.local.office.ExternalOfficeManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that others wrote for a listening office. */
class ForeignClientsTest {

  /** Unoconv 0.7 reads text from its standard input, and would have bytes. */
  private static final String UNOCONV_READING_BYTES =
      "import runpy, sys; sys.stdin = sys.stdin.buffer;"
          + " runpy.run_path(\"/usr/bin/unoconv\", run_name=\"__main__\")";

  @TempDir private Path folder;

  private Path shared;
  private Path letter;

  /** Offices have users of their own when the tests run as root. */
  @BeforeEach
  void share() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    shared = Files.createDirectory(folder.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    letter = Files.writeString(shared.resolve("letter.txt"), "Dear reader, this is a letter.");
  }

  @Test
  void unoconvConvertsByHostAndPortThroughStreams() throws Exception {
    try (var door = new DoorOverOffices(folder.resolve("data"), Wishes.of(1))) {
      var pdf = folder.resolve("letter.pdf");
      var command =
          "%s -c '%s' -s 127.0.0.1 -p %d -f pdf --stdin --stdout < %s > %s"
              .formatted(Program.PYTHON, UNOCONV_READING_BYTES, door.port(), letter, pdf);
      try (var unoconv = Program.start(List.of("sh", "-c", command))) {
        assertThat(unoconv.ended()).isEmpty();
        assertThat(unoconv.exitCode()).isZero();
      }
      assertThat(Files.readString(pdf, java.nio.charset.StandardCharsets.ISO_8859_1))
          .startsWith("%PDF-");
      var ended = door.view().ended();
      assertThat(ended.values().stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theExampleOfTheDocumentationConvertsThroughStreams() throws Exception {
    var example = Path.of("../deploy/examples/clients/uno_convert.py").toAbsolutePath();
    try (var door = new DoorOverOffices(folder.resolve("data"), Wishes.of(1))) {
      var pdf = folder.resolve("letter.pdf");
      try (var client =
          Program.start(
              List.of(
                  Program.PYTHON,
                  example.toString(),
                  letter.toString(),
                  pdf.toString(),
                  door.connection()))) {
        assertThat(client.ended()).isEmpty();
      }
      assertThat(Files.readString(pdf, java.nio.charset.StandardCharsets.ISO_8859_1))
          .startsWith("%PDF-");
    }
  }

  @Test
  void unoconvAndJodConverterFindTheirFilesInTheSharedFolder() throws Exception {
    var wishes = Wishes.of(2).sharing(shared);
    try (var door = new DoorOverOffices(folder.resolve("data"), wishes)) {
      unoconv(door);
      jodConverter(door);
    }
  }

  private void unoconv(DoorOverOffices door) throws Exception {
    var command =
        List.of(
            "env",
            "PATH=/usr/bin:/bin",
            "unoconv",
            "-s",
            "127.0.0.1",
            "-p",
            "" + door.port(),
            "-f",
            "pdf",
            letter.toString());
    try (var unoconv = Program.start(command)) {
      assertThat(unoconv.ended()).isEmpty();
    }
    assertThat(shared.resolve("letter.pdf")).isNotEmptyFile();
  }

  /** One client after the other, each with a connection of its own, and several at once. */
  private void jodConverter(DoorOverOffices door) throws Exception {
    var offices =
        ExternalOfficeManager.builder()
            .hostName("127.0.0.1")
            .portNumbers(door.port())
            .workingDir(shared.toFile())
            .connectFailFast(true)
            .build();
    offices.start();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var converter = LocalConverter.make(offices);
      var all = new ArrayList<java.util.concurrent.Future<Path>>();
      for (var number = 0; number < 4; number++) {
        var target = shared.resolve("jod-" + number + ".odt");
        all.add(threads.submit(() -> converted(converter, target)));
      }
      for (var one : all) {
        assertThat(one.get()).isNotEmptyFile();
      }
    } finally {
      offices.stop();
    }
  }

  private Path converted(DocumentConverter converter, Path target) throws Exception {
    converter.convert(letter.toFile()).to(target.toFile()).execute();
    return target;
  }

  @Test
  void aFolderThatCannotBeSharedIsRefusedByName() {
    for (var folder : List.of("/etc", "/tmp", "/usr/share", "/", "/absent/folder")) {
      Assertions.assertThatThrownBy(
              () -> new DoorOverOffices(this.folder, Wishes.of(1).sharing(Path.of(folder))).close())
          .isInstanceOf(OfficeFailure.BadSharedFolder.class)
          .hasMessageContaining(folder)
          .hasMessageContaining("uno.shared-folder");
    }
  }
}
