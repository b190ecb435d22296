package io.doos.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.doos.common.http.Problem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What every form of ours carries and no other site can know, so that a browser is not made to act
 * here by a page from elsewhere. All gateways of a farm have the same one, whichever of them made
 * the page.
 */
final class PageKey {

  private static final String ALGORITHM = "HmacSHA256";

  private final String value;

  private PageKey(String value) {
    this.value = value;
  }

  /** The key of the farm that has this secret. */
  static PageKey of(byte[] secret) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return new PageKey(HexFormat.of().formatHex(mac.doFinal("operations page".getBytes(UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  Html field() {
    return Html.of("<input type=\"hidden\" name=\"key\" value=\"{}\">", value);
  }

  /**
   * Lets a form pass that one of our pages made.
   *
   * @throws Problem when it was not
   */
  void check(Optional<String> shown) throws Problem {
    var isOurs =
        shown.isPresent()
            && MessageDigest.isEqual(shown.get().getBytes(UTF_8), value.getBytes(UTF_8));
    if (!isOurs) {
      throw Problem.of(403, "This did not come from a page of this farm; load it again and retry.");
    }
  }
}
