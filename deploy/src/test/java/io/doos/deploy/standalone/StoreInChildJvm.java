package io.doos.deploy.standalone;

import io.doos.common.store.S3ObjectStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What tests run in a JVM of its own: an embedded store, and a client of it in the same heap. Says
 * on standard output how it went; ends with its standard input.
 */
final class StoreInChildJvm {

  private StoreInChildJvm() {}

  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[1]);
    var server = new EmbeddedStore(new EmbeddedStore.Config(0, folder, "doos"));
    server.start();
    try (server;
        var store = new S3ObjectStore(server.access())) {
      switch (arguments[0]) {
        case "roundtrip" -> roundtrip(store, Path.of(arguments[2]));
        case "create" -> createUntilKilled(store);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private static void roundtrip(S3ObjectStore store, Path file) throws Exception {
    store.put("output/1/result-1.zip", file);
    try (var opened = store.open("output/1/result-1.zip").orElseThrow()) {
      System.out.printf(Locale.ROOT, "%d %s%n", opened.bytes(), sha256(opened.content()));
    }
  }

  private static void createUntilKilled(S3ObjectStore store) throws Exception {
    for (var i = 0; i < 100_000; i++) {
      var key = "input/" + i + "/job.json";
      if (store.create(key, key.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
        System.out.println(key);
      }
    }
  }

  static String sha256(InputStream content) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var in = new DigestInputStream(content, digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String sha256(Path file) throws Exception {
    return sha256(Files.newInputStream(file));
  }
}
