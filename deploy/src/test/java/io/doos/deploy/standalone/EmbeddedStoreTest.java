package io.doos.deploy.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doos.common.store.ObjectStore;
import io.doos.common.store.ObjectStoreContract;
import io.doos.common.store.S3ObjectStore;
import io.doos.common.store.StoreFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store over its real wire, with our own client. */
final class EmbeddedStoreTest implements ObjectStoreContract {

  @TempDir private static Path folder;
  private static EmbeddedStore server;
  private static S3ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    server = new EmbeddedStore(new EmbeddedStore.Config(0, folder.resolve("shared"), "doos"));
    server.start();
    store = new S3ObjectStore(server.access());
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  @Override
  public ObjectStore store() {
    return store;
  }

  @Test
  void itsKeysAreForItsOwnerOnly() throws Exception {
    var shared = folder.resolve("shared");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("keys"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
        .isEqualTo("rwx------");
    assertThat(Files.readAllLines(shared.resolve("keys")))
        .containsExactly(server.access().accessKey(), server.access().secretKey());
    try (var files = Files.list(shared)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("keys", "objects");
    }
  }

  @Test
  void itKeepsKeysAndObjectsOverARestart() throws Exception {
    var config = new EmbeddedStore.Config(0, folder.resolve("restarted"), "doos");
    try (var first = new EmbeddedStore(config)) {
      first.start();
      try (var client = new S3ObjectStore(first.access())) {
        client.create("input/1/job.json", bytes("{}"));
      }
    }
    try (var second = new EmbeddedStore(config)) {
      second.start();
      try (var client = new S3ObjectStore(second.access())) {
        assertThat(client.create("input/1/job.json", bytes("other"))).isFalse();
        assertThat(client.read("input/1/job.json")).contains(bytes("{}"));
      }
    }
  }

  @Test
  void aClientOutlivesARestartOfTheServer() throws Exception {
    var first = new EmbeddedStore(new EmbeddedStore.Config(0, folder.resolve("again"), "doos"));
    first.start();
    var access = first.access();
    try (var client = new S3ObjectStore(access)) {
      client.put("a", bytes("1"));
      first.close();
      assertThatThrownBy(() -> client.read("a")).isInstanceOf(StoreFailure.Unavailable.class);
      var samePort =
          new EmbeddedStore.Config(access.url().getPort(), folder.resolve("again"), "doos");
      try (var second = new EmbeddedStore(samePort)) {
        second.start();
        assertThat(client.read("a")).contains(bytes("1"));
      }
    }
  }

  @Test
  void wrongKeysAreRefusedAndNothingIsDone() throws Exception {
    var right = server.access();
    var wrongSecret = with(right, right.bucket(), right.accessKey(), "not the secret");
    try (var client = new S3ObjectStore(wrongSecret)) {
      assertThatThrownBy(() -> client.put("wrong", bytes("1")))
          .isInstanceOf(StoreFailure.Refused.class)
          .hasMessageContaining("check access key and secret key");
      assertThatThrownBy(client::ensureBucket).isInstanceOf(StoreFailure.Refused.class);
    }
    try (var client = new S3ObjectStore(with(right, right.bucket(), "nobody", "not the secret"))) {
      assertThatThrownBy(() -> client.list("")).isInstanceOf(StoreFailure.Refused.class);
    }
    assertThat(store.read("wrong")).isEmpty();
  }

  @Test
  void aMissingBucketIsRefusedUntilItIsMade() throws Exception {
    var right = server.access();
    try (var client =
        new S3ObjectStore(with(right, "another", right.accessKey(), right.secretKey()))) {
      assertThatThrownBy(() -> client.put("a", bytes("1")))
          .isInstanceOf(StoreFailure.Refused.class)
          .hasMessageContaining("create the bucket");
      assertThatThrownBy(() -> client.read("a")).isInstanceOf(StoreFailure.Refused.class);
      assertThatThrownBy(() -> client.list("")).isInstanceOf(StoreFailure.Refused.class);
      assertThat(client.ensureBucket()).isTrue();
      assertThat(client.ensureBucket()).isFalse();
      client.put("a", bytes("1"));
      assertThat(client.read("a")).contains(bytes("1"));
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    var taken = server.access().url().getPort();
    try (var second =
        new EmbeddedStore(new EmbeddedStore.Config(taken, folder.resolve("second"), "doos"))) {
      assertThatThrownBy(second::start).hasMessageContaining("127.0.0.1:" + taken);
      assertThatThrownBy(second::access).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void itMayBeClosedTwiceAndBeforeItWasStarted() throws Exception {
    var never = new EmbeddedStore(new EmbeddedStore.Config(0, folder.resolve("never"), "doos"));
    never.close();
    var once = new EmbeddedStore(new EmbeddedStore.Config(0, folder.resolve("once"), "doos"));
    once.start();
    once.close();
    once.close();
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void s3cmdPutsGetsListsAndDeletes(@TempDir Path dir) throws Exception {
    var letter = Files.writeString(dir.resolve("letter.odt"), "a letter");
    var object = "s3://doos/templates/letter.odt";
    s3cmd(dir, "put", letter.toString(), object);
    assertThat(store.read("templates/letter.odt")).contains(bytes("a letter"));
    store.put("templates/from-us.odt", bytes("ours"));
    assertThat(s3cmd(dir, "ls", "s3://doos/templates/"))
        .contains("s3://doos/templates/letter.odt", "s3://doos/templates/from-us.odt");
    s3cmd(dir, "get", "s3://doos/templates/from-us.odt", dir.resolve("got").toString());
    assertThat(dir.resolve("got")).hasContent("ours");
    s3cmd(dir, "del", object);
    assertThat(store.read("templates/letter.odt")).isEmpty();
  }

  @Test
  void s3cmdSendsALargeFileInParts(@TempDir Path dir) throws Exception {
    var large = Files.write(dir.resolve("large"), new byte[12 * 1024 * 1024]);
    s3cmd(dir, "--multipart-chunk-size-mb=5", "put", large.toString(), "s3://doos/large");
    try (var opened = store.open("large").orElseThrow()) {
      assertThat(opened.content().readAllBytes()).isEqualTo(Files.readAllBytes(large));
    }
  }

  private static String s3cmd(Path dir, String... arguments) throws Exception {
    var access = server.access();
    var host = "127.0.0.1:" + access.url().getPort();
    var config =
        """
        [default]
        access_key = %s
        secret_key = %s
        host_base = %s
        host_bucket = %s
        use_https = False
        signature_v2 = False
        """
            .formatted(access.accessKey(), access.secretKey(), host, host);
    var file = Files.writeString(dir.resolve("s3cfg"), config);
    var command = new ArrayList<>(List.of("s3cmd", "--config=" + file));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static S3ObjectStore.Config with(
      S3ObjectStore.Config right, String bucket, String accessKey, String secretKey) {
    return new S3ObjectStore.Config(
        right.url(), bucket, null, accessKey, secretKey, right.timeouts());
  }
}
