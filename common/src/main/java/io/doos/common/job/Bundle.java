package io.doos.common.job;

import java.util.regex.Pattern;

/**
 * A zip of input files in the bucket.
 *
 * @param object its key
 * @param sha256 the lowercase hex SHA-256 of its bytes
 */
public record Bundle(String object, String sha256) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public Bundle {
    if (object.isBlank()) {
      throw new IllegalArgumentException("the bundle's object is empty");
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("the bundle's sha256 is not 64 lowercase hex digits");
    }
  }
}
