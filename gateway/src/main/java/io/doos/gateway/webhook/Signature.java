package io.doos.gateway.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is told: HMAC-SHA256 over the time, a full stop and the body. */
record Signature(String secret) {

  private static final String MAC = "HmacSHA256";

  /**
   * The signature as its header has it.
   *
   * @param seconds since 1970, so that an old message cannot be played again
   */
  String of(long seconds, byte[] body) {
    try {
      var mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  @Override
  public String toString() {
    return "Signature";
  }
}
