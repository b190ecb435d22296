package io.doos.common.store;

import io.minio.BaseArgs;
import io.minio.Checksum;
import io.minio.Http;
import io.minio.credentials.Credentials;
import io.minio.errors.MinioException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One request in the making; can be signed and sent as often as need be. */
final class S3Request {

  private static final String USER_AGENT = "doos";

  private final Http.Method method;
  private final BaseArgs args;
  private final String about;
  private final Http.Headers headers = new Http.Headers();
  private final Http.QueryParameters query = new Http.QueryParameters();
  private Http.@Nullable Body body;
  private boolean unhurried;

  /**
   * @param args which bucket and object
   * @param about the same for messages
   */
  S3Request(Http.Method method, BaseArgs args, String about) {
    this.method = method;
    this.args = args;
    this.about = about;
  }

  S3Request query(String name, String value) {
    query.set(name, value);
    return this;
  }

  S3Request onlyIfAbsent() {
    headers.set("If-None-Match", "*");
    return this;
  }

  /** May take however long it takes, as long as something moves. */
  S3Request unhurried() {
    unhurried = true;
    return this;
  }

  S3Request body(byte[] content) {
    var sha256 = HexFormat.of().formatHex(Sha256.digest().digest(content));
    body = new Http.Body(content, content.length, Http.DEFAULT_MEDIA_TYPE, sha256, null);
    return this;
  }

  /**
   * The bytes of a file, which stay out of the signature: to sign them we would have to read them
   * once more, and S3Proxy checks a signature over a body only once it has all of it in memory.
   */
  S3Request body(RandomAccessFile file, long bytes) {
    body = new Http.Body(file, bytes, Http.DEFAULT_MEDIA_TYPE, Checksum.UNSIGNED_PAYLOAD, null);
    return unhurried();
  }

  S3Request xml(String content) {
    return body(content.getBytes(StandardCharsets.UTF_8));
  }

  boolean isUnhurried() {
    return unhurried;
  }

  boolean isHead() {
    return method == Http.Method.HEAD;
  }

  okhttp3.Request signed(Http.BaseUrl url, String region, Credentials credentials)
      throws MinioException {
    return Http.S3Request.builder()
        .userAgent(USER_AGENT)
        .method(method)
        .args(args)
        .headers(headers)
        .queryParams(query)
        .body(body)
        .build()
        .toRequest(url, region, credentials)
        .httpRequest();
  }

  /** Such as {@code PUT input/17/job.json}. */
  @Override
  public String toString() {
    return method + " " + about;
  }
}
