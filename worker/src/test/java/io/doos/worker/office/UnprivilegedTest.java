package io.doos.worker.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jail of a worker that does not run as root. */
class UnprivilegedTest {

  private static final int NOBODY = 65534;

  @TempDir Path folder;

  @Test
  void aWorkerThatIsNotRootConfinesItsOfficesToo() throws Exception {
    var root = Owner.self().root();
    var data = Files.createDirectory(folder.resolve("data"));
    var command = new ArrayList<String>();
    if (root) {
      assertThat(folder.toFile().setExecutable(true, false)).isTrue();
      assertThat(folder.toFile().setReadable(true, false)).isTrue();
      Owner.unnamed(NOBODY).give(data);
      command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY));
      command.addAll(List.of("--clear-groups", "--"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", root ? readableClasses() : classes()));
    command.addAll(List.of(UnprivilegedWorker.class.getName(), data.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(data.toFile());
    builder.environment().put("DOOS_STORE_SECRET_KEY", "secret");
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("jail: bubblewrap in a user namespace, as the worker's own user")
        .contains("both answer: true")
        .contains("environ: 0")
        .contains("interfaces: lo")
        .contains("data folder: 0")
        .doesNotContain("threads: 0")
        .doesNotContain("writable")
        .contains("shares asked for: 30")
        .contains("gone: true")
        .contains("left: [lock, system-calls, system-calls-bare, template]");
  }

  private static String classes() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The class path copied to where another user can read it. */
  private String readableClasses() throws IOException {
    var copies = new ArrayList<String>();
    for (var entry : classes().split(File.pathSeparator, -1)) {
      var from = Path.of(entry);
      var to = folder.resolve("classes-" + copies.size());
      try (var files = Files.walk(from)) {
        for (var file : files.toList()) {
          Files.copy(file, file.equals(from) ? to : to.resolve(from.relativize(file)));
        }
      } catch (java.nio.file.NoSuchFileException e) {
        continue; // a module without classes
      }
      copies.add(to.toString());
    }
    return String.join(File.pathSeparator, copies);
  }
}
