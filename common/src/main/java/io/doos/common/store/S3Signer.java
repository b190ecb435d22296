package io.doos.common.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests as AWS Signature Version 4 says ("Authenticating Requests: Using the Authorization
 * Header", Amazon S3 API Reference). The key that all requests of a day are signed with is worked
 * out once a day. Safe for use by any number of threads.
 */
final class S3Signer {

  /** In place of a body's hash: the body stays out of the signature. */
  static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  static final String DATE_HEADER = "x-amz-date";
  static final String HASH_HEADER = "x-amz-content-sha256";

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String HMAC = "HmacSHA256";
  private static final String END = "aws4_request";
  private static final String SIGNED_HEADERS = "host;" + HASH_HEADER + ";" + DATE_HEADER;
  private static final int DAY_CHARACTERS = 8;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  private final String region;
  private final String accessKey;
  private final String secretKey;
  private volatile @Nullable Day today;

  /** A day, such as 20260131, and the key of its requests. */
  private record Day(String date, SecretKeySpec key) {}

  S3Signer(String region, String accessKey, String secretKey) {
    this.region = region;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /** What the header {@link #DATE_HEADER} says at {@code now}. */
  static String date(Instant now) {
    return TIME.format(now);
  }

  /** The hash of a body, for the header {@link #HASH_HEADER}. */
  static String hash(byte[] body) {
    return HEX.formatHex(Sha256.digest().digest(body));
  }

  /**
   * What the header Authorization says. Signed are host, date and hash.
   *
   * @param path encoded, from its first slash
   * @param query encoded, its parameters by name; empty when there is none
   * @param date as {@link #date} gives it
   * @param hash as {@link #hash} gives it, or {@link #UNSIGNED}
   */
  String authorization(
      String method, String path, String query, String host, String date, String hash) {
    var canonical =
        String.join(
            "\n",
            method,
            path,
            query,
            "host:" + host,
            HASH_HEADER + ":" + hash,
            DATE_HEADER + ":" + date,
            "",
            SIGNED_HEADERS,
            hash);
    var day = day(date.substring(0, DAY_CHARACTERS));
    var scope = day.date() + "/" + region + "/s3/" + END;
    var toSign = String.join("\n", ALGORITHM, date, scope, hash(canonical.getBytes(UTF_8)));
    return ALGORITHM
        + " Credential="
        + accessKey
        + "/"
        + scope
        + ",SignedHeaders="
        + SIGNED_HEADERS
        + ",Signature="
        + HEX.formatHex(hmac(day.key(), toSign));
  }

  private Day day(String date) {
    var known = today;
    if (known == null || !known.date().equals(date)) {
      var key = new SecretKeySpec(("AWS4" + secretKey).getBytes(UTF_8), HMAC);
      for (var part : List.of(date, region, "s3", END)) {
        key = new SecretKeySpec(hmac(key, part), HMAC);
      }
      known = new Day(date, key);
      today = known;
    }
    return known;
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }
}
