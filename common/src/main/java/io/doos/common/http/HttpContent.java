package io.doos.common.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes of a length known before. Used by one thread: at most one call of {@link #write}, then
 * {@link #close}, also when nothing was written.
 */
public interface HttpContent extends AutoCloseable {

  /** How many bytes there are. */
  long length();

  /**
   * Writes {@code count} bytes from {@code from} on, both within the length.
   *
   * @throws IOException when they cannot be read or written; the connection is cut then, so that
   *     the client does not take what it has for the whole
   */
  void write(long from, long count, OutputStream target) throws IOException;

  @Override
  void close();
}
