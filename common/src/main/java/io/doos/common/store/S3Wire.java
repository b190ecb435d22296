package io.doos.common.store;

import io.minio.CreateBucketArgs;
import io.minio.GetObjectArgs;
import io.minio.HeadBucketArgs;
import io.minio.Http;
import io.minio.ListObjectsV2Args;
import io.minio.credentials.Credentials;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringReader;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.xml.stream.XMLStreamException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends S3 requests and types the answers. The MinIO SDK signs; the sending is done here, on the
 * caller's thread, because the SDK's own client hands each call to a thread pool, where no
 * interrupt reaches it.
 */
final class S3Wire implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(S3Wire.class);

  private static final int MAX_TRIES = 3;
  private static final long PAUSE_MS = 50;
  private static final int MAX_ERROR_BYTES = 64 * 1024;
  private static final int MAX_IDLE_CONNECTIONS = 32;

  /** Below the 30 s after which servers like Jetty hang up on an idle connection. */
  private static final int MAX_IDLE_SECONDS = 20;

  private final S3ObjectStore.Config config;
  private final Http.BaseUrl url;
  private final String region;
  private final Credentials credentials;
  private final OkHttpClient client;
  private final S3Xml xml = new S3Xml();

  S3Wire(S3ObjectStore.Config config) {
    this.config = config;
    url = new Http.BaseUrl(config.url().toString());
    region = config.region() == null ? Http.US_EAST_1 : config.region();
    credentials = new Credentials(config.accessKey(), config.secretKey(), null, null);
    client =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(config.timeouts().connect())
            .readTimeout(config.timeouts().silence())
            .writeTimeout(config.timeouts().silence())
            .connectionPool(
                new ConnectionPool(MAX_IDLE_CONNECTIONS, MAX_IDLE_SECONDS, TimeUnit.SECONDS))
            .followRedirects(false)
            .eventListener(new SendAtOnce())
            .build();
  }

  /**
   * A request's head and a larger body go out in two writes. Unless told so (TCP_NODELAY), the
   * kernel keeps the second back until the first is acknowledged, which Linux does after 40 ms.
   */
  private static final class SendAtOnce extends EventListener {
    @Override
    public void connectionAcquired(Call call, Connection connection) {
      try {
        connection.socket().setTcpNoDelay(true);
      } catch (SocketException e) {
        log.debug("A connection broke before it was used", e); // as the call will say
      }
    }
  }

  /** A request about an object, without a body. */
  S3Request object(Http.Method method, String key) {
    return new S3Request(
        method, GetObjectArgs.builder().bucket(config.bucket()).object(key).build(), key);
  }

  S3Request headBucket() {
    return new S3Request(
        Http.Method.HEAD, HeadBucketArgs.builder().bucket(config.bucket()).build(), bucketName());
  }

  S3Request createBucket() {
    var request =
        new S3Request(
            Http.Method.PUT,
            CreateBucketArgs.builder().bucket(config.bucket()).build(),
            bucketName());
    // S3 refuses to be told its default region
    return region.equals(Http.US_EAST_1)
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
        new S3Request(
                Http.Method.GET,
                ListObjectsV2Args.builder().bucket(config.bucket()).build(),
                bucketName() + " under '" + prefix + "'")
            .query("list-type", "2")
            .query("prefix", prefix);
    if (continuation != null) {
      request.query("continuation-token", continuation);
    }
    try (var response = sendForSure(request)) {
      return xml.page(response.body().byteStream());
    } catch (XMLStreamException e) {
      throw new StoreFailure.Unavailable(failure(request, "its answer is cut or garbled"), e);
    }
  }

  /** Sends a request that can only be done or fail; the caller closes the answer. */
  Response sendForSure(S3Request request) throws StoreFailure {
    return send(request)
        .orElseThrow(() -> new StoreFailure.Refused(failure(request, "it says no"), null));
  }

  /**
   * Sends a request.
   *
   * @return a 2xx answer, which the caller closes; empty when the answer is a plain no: there is no
   *     such object or bucket, or there is one and must not be
   */
  Optional<Response> send(S3Request request) throws StoreFailure {
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

  private Response exchange(S3Request request) throws StoreFailure {
    try {
      var call = client.newCall(request.signed(url, region, credentials));
      if (!request.isUnhurried()) {
        call.timeout().timeout(config.timeouts().smallCall().toNanos(), TimeUnit.NANOSECONDS);
      }
      return call.execute();
    } catch (SSLPeerUnverifiedException | SSLHandshakeException e) {
      throw new StoreFailure.Refused(failure(request, "its certificate is not trusted"), e);
    } catch (IOException e) {
      throw new StoreFailure.Unavailable(failure(request, whatBroke(e)), e);
    } catch (MinioException e) {
      throw new StoreFailure.Refused(failure(request, "the request cannot be signed"), e);
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

  private S3Error error(Response response) {
    try (response) {
      var text = response.peekBody(MAX_ERROR_BYTES).string();
      if (text.stripLeading().startsWith("<?xml") || text.stripLeading().startsWith("<Error")) {
        return xml.error(response.code(), new StringReader(text.strip()));
      }
    } catch (IOException | XMLStreamException _) {
      // not S3's XML: the status must do
    }
    return new S3Error(response.code(), null, response.message());
  }

  private String failure(S3Request request, String why) {
    return "the store at " + config.url() + " failed at " + request + ": " + why;
  }

  private String bucketName() {
    return "bucket " + config.bucket();
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }
}
