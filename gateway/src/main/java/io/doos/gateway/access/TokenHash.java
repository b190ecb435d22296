package io.doos.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.store.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a token, which is all that is kept of it. Slow hashes with salt protect what
 * people think up; a token has 256 random bits, which nobody can go through however fast the hash.
 *
 * @param hex 64 small hexadecimal digits
 */
public record TokenHash(String hex) {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  public TokenHash {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("a token's hash is 64 hexadecimal digits");
    }
  }

  /** The hash of a token as it is shown. */
  public static TokenHash of(String token) {
    return new TokenHash(HexFormat.of().formatHex(Sha256.digest().digest(token.getBytes(UTF_8))));
  }

  /**
   * Whether {@code key} is the token with this hash; takes as long whatever they have in common.
   */
  boolean isSame(Register.Key key) {
    return switch (key) {
      case Register.ByToken(var other) ->
          MessageDigest.isEqual(HexFormat.of().parseHex(hex), HexFormat.of().parseHex(other.hex()));
      case Register.ByCertificate _ -> false;
    };
  }
}
