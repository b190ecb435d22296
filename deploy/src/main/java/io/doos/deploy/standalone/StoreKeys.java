package io.doos.deploy.standalone;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The access key and the secret key of an embedded store.
 *
 * @param accessKey 20 characters
 * @param secretKey 40 characters
 */
record StoreKeys(String accessKey, String secretKey) {

  private static final int ACCESS_KEY_BYTES = 8;
  private static final int SECRET_KEY_BYTES = 20;

  /**
   * Reads the keys that {@code file} holds, a line each; makes them when there is no such file,
   * readable by its owner only.
   */
  static StoreKeys in(Path file) throws IOException {
    try {
      var made = draw();
      // whole or not at all, should we be killed just now
      var draft = Files.createTempFile(file.getParent(), "keys", ".new", ownerOnly("rw-------"));
      Files.write(
          draft, List.of(made.accessKey, made.secretKey), StandardOpenOption.TRUNCATE_EXISTING);
      try {
        Files.createLink(file, draft);
      } finally {
        Files.delete(draft);
      }
      return made;
    } catch (FileAlreadyExistsException _) {
      return read(file);
    }
  }

  private static StoreKeys read(Path file) throws IOException {
    var lines = Files.readAllLines(file);
    if (lines.size() != 2) {
      throw new IOException(file + " does not hold two keys, a line each; delete it for new ones");
    }
    return new StoreKeys(lines.get(0), lines.get(1));
  }

  private static StoreKeys draw() {
    var random = new SecureRandom();
    var access = new byte[ACCESS_KEY_BYTES];
    var secret = new byte[SECRET_KEY_BYTES];
    random.nextBytes(access);
    random.nextBytes(secret);
    return new StoreKeys(
        "doos" + HexFormat.of().formatHex(access), HexFormat.of().formatHex(secret));
  }

  static java.nio.file.attribute.FileAttribute<?> ownerOnly(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** Without the secret key. */
  @Override
  public String toString() {
    return "access key " + accessKey;
  }
}
