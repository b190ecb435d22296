package io.doos.deploy.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.store.ObjectStore.StoredObject;
import io.doos.common.store.S3ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store and its client in a JVM of their own, small or killed. */
final class EmbeddedStoreProcessTest {

  private static final int LARGE_MIB = 256;

  @Test
  void aLargeFileGoesInAndOutThroughASmallHeap(@TempDir Path dir) throws Exception {
    var file = randomFile(dir.resolve("large"));
    var child = child(dir, "-Xmx192m", "roundtrip", dir.resolve("store"), file);
    var output = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
    assertThat(output.strip())
        .isEqualTo("%d %s".formatted(Files.size(file), StoreInChildJvm.sha256(file)));
  }

  @Test
  void whatWasCreatedBeforeAKillIsThereAfterIt(@TempDir Path dir) throws Exception {
    var folder = dir.resolve("store");
    var created = new ArrayList<String>();
    var child = child(dir, "-Xmx192m", "create", folder);
    try (var lines = child.inputReader(UTF_8)) {
      while (created.size() < 300) {
        created.add(lines.readLine());
      }
      child.toHandle().destroyForcibly(); // unlike Process.destroyForcibly, leaves us its output
      lines.lines().forEach(created::add);
    }
    try (var server = new EmbeddedStore(new EmbeddedStore.Config(0, folder, "doos"))) {
      server.start();
      try (var store = new S3ObjectStore(server.access())) {
        for (var key : created) {
          assertThat(store.read(key)).contains(key.getBytes(UTF_8));
        }
        assertThat(store.list("input/"))
            .extracting(StoredObject::key)
            .filteredOn(key -> key.endsWith("job.json"))
            .containsAll(created)
            .hasSizeLessThanOrEqualTo(created.size() + 1);
      }
    }
  }

  private static Path randomFile(Path file) throws IOException {
    var random = new Random(1);
    var mebibyte = new byte[1024 * 1024];
    try (var out = Files.newOutputStream(file)) {
      for (var i = 0; i < LARGE_MIB; i++) {
        random.nextBytes(mebibyte);
        out.write(mebibyte);
      }
    }
    return file;
  }

  private static Process child(Path dir, String heap, Object... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-cp", System.getProperty("java.class.path")));
    command.add(StoreInChildJvm.class.getName());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command).redirectError(dir.resolve("child.log").toFile()).start();
  }
}
