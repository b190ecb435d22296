package io.doos.common.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One bucket of an S3-compatible store: the seam behind which the farm's whole memory lies. Safe
 * for use by any number of threads. Keys are ASCII; no key is another key's prefix up to a {@code
 * /}. An interrupt ends a call as {@link StoreFailure.Unavailable}, with the interrupt still set.
 */
public interface ObjectStore extends AutoCloseable {

  /** Above this {@link #read} refuses: what is larger is streamed by {@link #open}. */
  int MAX_READ_BYTES = 4 * 1024 * 1024;

  /**
   * Creates an object unless there is one, atomically among all racers.
   *
   * <p>The store may have committed a create whose answer was lost and that was then tried again:
   * false can mean one's own earlier write. Who cares reads it back, and puts something unique into
   * {@code content}.
   *
   * @return whether this call created it
   */
  boolean create(String key, byte[] content) throws StoreFailure;

  /** Creates or replaces an object. */
  void put(String key, byte[] content) throws StoreFailure;

  /**
   * Creates or replaces an object with the bytes of a file, streamed.
   *
   * @throws java.io.UncheckedIOException when the file cannot be read
   */
  void put(String key, Path file) throws StoreFailure;

  /**
   * Reads a small object whole.
   *
   * @throws StoreFailure also when it is larger than {@link #MAX_READ_BYTES}
   */
  Optional<byte[]> read(String key) throws StoreFailure;

  /** Whether there is an object, without its bytes: where only that counts, it costs less. */
  boolean exists(String key) throws StoreFailure;

  /**
   * Opens an object for streaming. A stream that breaks off throws an IOException: it never ends
   * early without one.
   */
  Optional<OpenObject> open(String key) throws StoreFailure;

  /** All objects whose keys begin with {@code prefix}, by key. */
  List<StoredObject> list(String prefix) throws StoreFailure;

  /**
   * Shows all objects whose keys begin with {@code prefix} to {@code visitor}, by key, until it has
   * seen enough. What is created or deleted meanwhile may or may not be shown. A store with more
   * objects than fit into memory reads them page by page; this one holds them all.
   */
  default <E extends Exception> void walk(String prefix, Visitor<E> visitor)
      throws StoreFailure, E {
    for (var object : list(prefix)) {
      if (!visitor.visit(object)) {
        return;
      }
    }
  }

  /** Removes an object; nothing happens when there is none. */
  void delete(String key) throws StoreFailure;

  @Override
  void close();

  /** Looks at one listed object after the other. */
  @FunctionalInterface
  interface Visitor<E extends Exception> {
    /**
     * Looks at an object.
     *
     * @return whether to go on
     */
    boolean visit(StoredObject object) throws StoreFailure, E;
  }

  /** What a listing tells of an object. */
  record StoredObject(String key, long bytes, Instant modifiedAt) {}

  /** An object being read; closing it closes the stream. */
  record OpenObject(long bytes, InputStream content) implements AutoCloseable {
    @Override
    public void close() throws java.io.IOException {
      content.close();
    }
  }
}
