package io.doos.gateway.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * A token that nobody had before: 256 random bits.
 *
 * @param token for its owner, and for nobody else
 * @param line for the file of {@code access.file}, which knows only its hash
 */
public record NewToken(String token, String line) {

  // By this people, and programs that look for secrets in the wrong places, know one when they see
  // it.
  private static final String PREFIX = "doos_";
  private static final int RANDOM_BYTES = 32;

  /**
   * Makes one.
   *
   * @param fields such as {@code tenant=acme}, as they stand in the line
   * @throws IllegalArgumentException when the line would be wrong; says how
   */
  public static NewToken make(SecureRandom random, String name, List<String> fields) {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    var token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var line =
        "%s sha256:%s%s"
            .formatted(
                name,
                TokenHash.of(token).hex(),
                String.join("", fields.stream().map(field -> " " + field).toList()));
    RegisterReader.check(line);
    return new NewToken(token, line);
  }

  @Override
  public String toString() {
    return line;
  }
}
