package io.doos.deploy.standalone;

import io.doos.common.life.Service;
import io.doos.common.store.S3ObjectStore;
import io.doos.common.store.StoreFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 server in this process, on loopback, which keeps its objects as files: {@code
 * <folder>/objects/<bucket>/<key>}. Any S3 client can use it with the keys in {@code
 * <folder>/keys}, a line each, which are made at the first start.
 *
 * <p>A kill at any moment loses no object whose put was answered, and leaves none half-written
 * under its own key. An upload cut by a kill can stay behind as {@code <key>-<uuid>}, and while one
 * is under way it shows in listings under that name. Files are not forced to disk: a power cut can
 * lose the last seconds.
 */
public final class EmbeddedStore implements Service {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);

  private static final String HOST = "127.0.0.1";
  private static final int MAX_THREADS = 24;

  /** A signed body is taken whole into memory to be checked; clients send files in parts. */
  private static final long MAX_SIGNED_BODY_BYTES = 32L * 1024 * 1024;

  private final Config config;
  private @Nullable S3Proxy server;
  private S3ObjectStore.@Nullable Config access;

  /**
   * Where it listens and keeps its things.
   *
   * @param port on loopback; 0 for any that is free
   * @param folder where everything is kept; made when it is missing
   * @param bucket made when it is missing
   */
  public record Config(int port, Path folder, String bucket) {}

  public EmbeddedStore(Config config) {
    this.config = config;
  }

  @Override
  public synchronized void start() throws IOException, StoreFailure {
    if (server != null) {
      return;
    }
    var objects = config.folder.resolve("objects");
    Files.createDirectories(config.folder, StoreKeys.ownerOnly("rwx------"));
    Files.createDirectories(objects);
    var keys = StoreKeys.in(config.folder.resolve("keys"));
    var started =
        S3Proxy.builder()
            .blobStore(new PagedListings(new FilesystemNio2BlobStore(objects.toString())))
            .endpoint(URI.create("http://" + HOST + ":" + config.port))
            .awsAuthentication(AuthenticationType.AWS_V4, keys.accessKey(), keys.secretKey())
            .v4MaxNonChunkedRequestSize(MAX_SIGNED_BODY_BYTES)
            .jettyMaxThreads(MAX_THREADS)
            .stopTimeout(0)
            .build();
    server = started;
    try {
      listen(started);
      var reachable =
          new S3ObjectStore.Config(
              URI.create("http://" + HOST + ":" + started.getPort()),
              config.bucket,
              null,
              keys.accessKey(),
              keys.secretKey(),
              S3ObjectStore.Timeouts.DEFAULT);
      try (var store = new S3ObjectStore(reachable)) {
        store.ensureBucket();
      }
      access = reachable;
    } catch (IOException | StoreFailure e) {
      close();
      throw e;
    }
  }

  private void listen(S3Proxy started) throws IOException {
    try {
      started.start();
    } catch (IOException e) {
      throw new IOException(
          "the embedded store cannot listen on "
              + HOST
              + ":"
              + config.port
              + ": choose another port, or stop what listens there",
          e);
    } catch (Exception e) {
      throw new IOException("the embedded store did not start", e);
    }
  }

  /**
   * How to reach it.
   *
   * @throws IllegalStateException when it is not running
   */
  public synchronized S3ObjectStore.Config access() {
    if (access == null) {
      throw new IllegalStateException("the embedded store is not running");
    }
    return access;
  }

  /** Stops at once; requests that run are cut off, which harms no more than a kill. */
  @Override
  public synchronized void close() {
    var running = server;
    server = null;
    access = null;
    if (running == null) {
      return;
    }
    try {
      running.stop();
    } catch (Exception e) {
      log.warn("The embedded store did not stop in order", e);
    }
  }
}
