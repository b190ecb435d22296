package io.doos.common.store;

import org.jspecify.annotations.Nullable;

/**
 * What a server answered other than 2xx.
 *
 * @param code S3's word for it; null when the answer is not S3's XML
 */
record S3Error(int status, @Nullable String code, String message) {

  private static final int FIRST_SERVER_ERROR = 500;

  /** Whether it is an answer to our question rather than trouble: not there, or there already. */
  boolean isNo() {
    return status == 412
        || "NoSuchKey".equals(code)
        || "BucketAlreadyOwnedByYou".equals(code)
        || "BucketAlreadyExists".equals(code);
  }

  /**
   * Whether the same request may go through later. 409 is how AWS answers all but one of several
   * conditional writes at the same moment.
   */
  boolean mayPass() {
    return switch (status) {
      case 408, 409, 429 -> true;
      case 501 -> false;
      default -> status >= FIRST_SERVER_ERROR;
    };
  }

  /** What to do about it, as far as we know. */
  private String advice() {
    return switch (code) {
      case "NoSuchBucket" -> ": create the bucket or name another";
      case "InvalidAccessKeyId", "SignatureDoesNotMatch" -> ": check access key and secret key";
      case "RequestTimeTooSkewed" -> ": set this machine's clock";
      case "AuthorizationHeaderMalformed" -> ": check the region";
      case null -> ": is there an S3 store at this address?";
      default -> "";
    };
  }

  @Override
  public String toString() {
    return "HTTP "
        + status
        + (code == null ? "" : " " + code)
        + (message.isBlank() ? "" : " (" + message.strip() + ")")
        + (mayPass() ? "" : advice());
  }
}
