package io.doos.common.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The examples of Amazon's own reference: "Signature Calculations for the Authorization Header".
 */
class S3SignerTest {

  private static final S3Signer SIGNER =
      new S3Signer("us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  private static final String HOST = "examplebucket.s3.amazonaws.com";
  private static final String DATE = S3Signer.date(Instant.parse("2013-05-24T00:00:00Z"));
  private static final String NOTHING = S3Signer.hash(new byte[0]);

  @Test
  void aRequestForABucketsLifecycleIsSignedAsAmazonSays() {
    assertThat(signed("lifecycle="))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
                + "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  }

  @Test
  void aListingIsSignedAsAmazonSays() {
    assertThat(signed("max-keys=2&prefix=J"))
        .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void aNewDayHasAKeyOfItsOwn() {
    var before = signed("lifecycle=");
    var tomorrow = S3Signer.date(Instant.parse("2013-05-25T00:00:00Z"));
    assertThat(SIGNER.authorization("GET", "/", "lifecycle=", HOST, tomorrow, NOTHING))
        .contains("/20130525/")
        .isNotEqualTo(before);
    assertThat(signed("lifecycle=")).isEqualTo(before);
  }

  private static String signed(String query) {
    return SIGNER.authorization("GET", "/", query, HOST, DATE, NOTHING);
  }
}
