package io.doos.common.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringReader;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.xml.stream.XMLStreamException;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * Sends S3 requests on the caller's thread, where interrupts reach them, and types the answers.
 * Buckets are named in the path, which all servers take.
 */
final class S3Wire implements AutoCloseable {

  private static final int MAX_TRIES = 3;
  private static final long PAUSE_MS = 50;
  private static final int MAX_ERROR_BYTES = 64 * 1024;
  private static final String DEFAULT_REGION = "us-east-1";
  private static final String NO_SUCH_KEY = "<Code>NoSuchKey</Code>";

  private final S3ObjectStore.Config config;
  private final String region;
  private final S3Signer signer;
  private final InstantSource clock = InstantSource.system();
  private final S3Links links;
  private final S3Xml xml = new S3Xml();

  S3Wire(S3ObjectStore.Config config) {
    this.config = config;
    region = config.region() == null ? DEFAULT_REGION : config.region();
    signer = new S3Signer(region, config.accessKey(), config.secretKey());
    links = new S3Links(config.url(), config.timeouts());
  }

  /** A request about an object, without a body. */
  S3Request object(String method, String key) {
    return new S3Request(method, "/" + config.bucket() + "/" + key, key);
  }

  S3Request headBucket() {
    return bucket("HEAD");
  }

  S3Request createBucket() {
    var request = bucket("PUT");
    // S3 refuses to be told its default region
    return region.equals(DEFAULT_REGION)
        ? request
        : request.xml(
            "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<LocationConstraint>"
                + region
                + "</LocationConstraint></CreateBucketConfiguration>");
  }

  /**
   * One page of a listing, by key.
   *
   * @param continuation where the page before left off; null for the first
   */
  S3Xml.Page list(String prefix, @Nullable String continuation) throws StoreFailure {
    var request =
        new S3Request("GET", "/" + config.bucket(), bucketName() + " under '" + prefix + "'")
            .query("list-type", "2")
            .query("prefix", prefix);
    if (continuation != null) {
      request.query("continuation-token", continuation);
    }
    try (var response = sendForSure(request)) {
      return xml.page(response.body());
    } catch (XMLStreamException e) {
      throw new StoreFailure.Unavailable(failure(request, "its answer is cut or garbled"), e);
    }
  }

  /** Sends a request that can only be done or fail; the caller closes the answer. */
  S3Answer sendForSure(S3Request request) throws StoreFailure {
    return send(request)
        .orElseThrow(() -> new StoreFailure.Refused(failure(request, "it says no"), null));
  }

  /**
   * Sends a request.
   *
   * @return a 2xx answer, which the caller closes; empty when the answer is a plain no: there is no
   *     such object or bucket, or there is one and must not be
   */
  Optional<S3Answer> send(S3Request request) throws StoreFailure {
    for (var tries = 1; ; tries++) {
      var response = exchange(request);
      if (response.isSuccessful()) {
        return Optional.of(response);
      }
      var error = error(response);
      if (error.isNo() || (request.isHead() && error.status() == 404)) {
        return Optional.empty();
      }
      if (!error.mayPass()) {
        throw new StoreFailure.Refused(failure(request, error.toString()), null);
      }
      if (tries == MAX_TRIES) {
        throw new StoreFailure.Unavailable(failure(request, error.toString()), null);
      }
      pause(request, tries);
    }
  }

  private S3Answer exchange(S3Request request) throws StoreFailure {
    try {
      return links.exchange(
          progress -> request.signed(signer, links.host(), clock.instant(), progress),
          !request.isUnhurried());
    } catch (SSLPeerUnverifiedException | SSLHandshakeException e) {
      throw new StoreFailure.Refused(failure(request, "its certificate is not trusted"), e);
    } catch (IOException e) {
      throw new StoreFailure.Unavailable(failure(request, whatBroke(e)), e);
    } catch (HttpException e) {
      throw new StoreFailure.Unavailable(failure(request, "it answers no HTTP"), e);
    }
  }

  private static String whatBroke(IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      return "interrupted";
    }
    return switch (e) {
      case SocketTimeoutException _ -> "no answer in time";
      case InterruptedIOException _ -> "not done in time";
      case UnknownHostException _ -> "nobody knows its host name";
      default -> "no connection, or it broke off";
    };
  }

  private void pause(S3Request request, int tries) throws StoreFailure {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE_MS, (PAUSE_MS << (2 * tries)) + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailure.Unavailable(failure(request, "interrupted"), e);
    }
  }

  private S3Error error(S3Answer response) {
    try (response) {
      var text =
          new String(response.body().readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8).strip();
      if (text.contains(NO_SUCH_KEY)) {
        return S3Error.NO_SUCH_KEY; // what half of all calls are answered needs no reading of XML
      }
      if (text.startsWith("<?xml") || text.startsWith("<Error")) {
        return xml.error(response.status(), new StringReader(text));
      }
    } catch (IOException | XMLStreamException _) {
      // not S3's XML: the status must do
    }
    return new S3Error(response.status(), null, response.reason());
  }

  private String failure(S3Request request, String why) {
    return "the store at " + config.url() + " failed at " + request + ": " + why;
  }

  private S3Request bucket(String method) {
    return new S3Request(method, "/" + config.bucket(), bucketName());
  }

  private String bucketName() {
    return "bucket " + config.bucket();
  }

  @Override
  public void close() {
    links.close();
  }
}
