package io.doos.common.store;

import io.minio.Http;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An object store on any server that speaks S3: AWS, SeaweedFS, Ceph, the farm's own embedded one.
 *
 * <p>Each call is one request (a listing one per 1,000 objects) and runs on the caller's thread. A
 * request that the server answers with 408, 409, 429 or 5xx is sent again, twice at most within a
 * second, and one that breaks on a connection kept from earlier is sent again at once; so a create
 * can meet its own earlier write, as {@link ObjectStore#create} says.
 *
 * <p>An interrupt ends a call as {@link StoreFailure.Unavailable} with the interrupt still set: at
 * once on a virtual thread, on a platform thread when the next time-out or answer comes.
 *
 * <p>Nothing is kept on the heap but what {@link #read} answers and what {@code put} and {@code
 * create} are given: files go out and come in by the buffer. One put carries 5 GiB at most, S3's
 * own limit.
 */
public final class S3ObjectStore implements ObjectStore {

  private final Config config;
  private final S3Wire wire;

  /**
   * Where the store is and who we are there.
   *
   * @param url scheme, host and port, such as {@code http://127.0.0.1:9000}; no path
   * @param region null for {@code us-east-1}, which all but AWS take
   */
  public record Config(
      URI url,
      String bucket,
      @Nullable String region,
      String accessKey,
      String secretKey,
      Timeouts timeouts) {

    /**
     * @throws IllegalArgumentException when {@code url} is not of its form
     */
    public Config {
      if (!isEndpoint(url)) {
        throw new IllegalArgumentException(
            "the store's URL '" + url + "' is not of the form http://host:port");
      }
    }

    private static boolean isEndpoint(URI url) {
      var path = url.getPath();
      return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && (path == null || path.isEmpty() || path.equals("/"));
    }

    /** Without the secret key. */
    @Override
    public String toString() {
      return "S3[" + url + ", bucket " + bucket + ", access key " + accessKey + "]";
    }
  }

  /**
   * How long we wait.
   *
   * @param connect for a connection
   * @param silence for the next byte, either way
   * @param smallCall for a whole call, but for those that carry a file
   */
  public record Timeouts(Duration connect, Duration silence, Duration smallCall) {
    /** 5 s to connect, 20 s of silence, 30 s in all. */
    public static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30));
  }

  /** Connects to nothing yet: a store that is down shows at the first call. */
  public S3ObjectStore(Config config) {
    this.config = config;
    this.wire = new S3Wire(config);
  }

  /**
   * Creates the bucket if it is missing; whoever else does so at the same time does no harm.
   *
   * @return whether this call created it
   */
  public boolean ensureBucket() throws StoreFailure {
    return !isDone(wire.headBucket()) && isDone(wire.createBucket());
  }

  @Override
  public boolean create(String key, byte[] content) throws StoreFailure {
    return isDone(wire.object(Http.Method.PUT, key).onlyIfAbsent().body(content));
  }

  @Override
  public void put(String key, byte[] content) throws StoreFailure {
    wire.sendForSure(wire.object(Http.Method.PUT, key).body(content)).close();
  }

  @Override
  public void put(String key, Path file) throws StoreFailure {
    try (var opened = new RandomAccessFile(file.toFile(), "r")) {
      wire.sendForSure(wire.object(Http.Method.PUT, key).body(opened, opened.length())).close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  @Override
  public Optional<byte[]> read(String key) throws StoreFailure {
    var response = wire.send(wire.object(Http.Method.GET, key));
    if (response.isEmpty()) {
      return Optional.empty();
    }
    try (var body = response.get().body()) {
      if (body.contentLength() > MAX_READ_BYTES) {
        throw new StoreFailure.Refused(
            key + " is larger than " + MAX_READ_BYTES + " bytes: open it instead", null);
      }
      var content = body.byteStream().readNBytes(MAX_READ_BYTES + 1);
      if (content.length > MAX_READ_BYTES) {
        throw new StoreFailure.Refused(
            key + " is larger than " + MAX_READ_BYTES + " bytes: open it instead", null);
      }
      return Optional.of(content);
    } catch (IOException e) {
      throw new StoreFailure.Unavailable("reading " + key + " broke off", e);
    }
  }

  @Override
  public boolean exists(String key) throws StoreFailure {
    return isDone(wire.object(Http.Method.HEAD, key));
  }

  @Override
  public Optional<OpenObject> open(String key) throws StoreFailure {
    var response = wire.send(wire.object(Http.Method.GET, key).unhurried());
    if (response.isEmpty()) {
      return Optional.empty();
    }
    var body = response.get().body();
    if (body.contentLength() < 0) {
      body.close();
      throw new StoreFailure.Refused(
          "the store does not tell the length of " + key + ", so a cut could not be seen", null);
    }
    return Optional.of(new OpenObject(body.contentLength(), body.byteStream()));
  }

  @Override
  public List<StoredObject> list(String prefix) throws StoreFailure {
    var found = new ArrayList<StoredObject>();
    this.<RuntimeException>walk(prefix, found::add);
    found.sort(Comparator.comparing(StoredObject::key));
    return List.copyOf(found);
  }

  /**
   * Holds one page of 1,000 at a time. Keys that end in a slash are left out: the folder markers
   * that consoles make.
   */
  @Override
  public <E extends Exception> void walk(String prefix, Visitor<E> visitor) throws StoreFailure, E {
    @Nullable String continuation = null;
    do {
      var page = wire.list(prefix, continuation);
      for (var object : page.objects()) {
        if (!object.key().endsWith("/") && !visitor.visit(object)) {
          return;
        }
      }
      continuation = page.continuation();
    } while (continuation != null);
  }

  @Override
  public void delete(String key) throws StoreFailure {
    isDone(wire.object(Http.Method.DELETE, key));
  }

  @Override
  public void close() {
    wire.close();
  }

  @Override
  public String toString() {
    return config.toString();
  }

  private boolean isDone(S3Request request) throws StoreFailure {
    var response = wire.send(request);
    response.ifPresent(Response::close);
    return response.isPresent();
  }
}
