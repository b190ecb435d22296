package io.doos.common.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * What the server answered. Closing it gives its link back when all of it was read, or almost; else
 * the link is cut, which is cheaper than to read what nobody wants.
 */
final class S3Answer implements AutoCloseable {

  private static final int LITTLE_BYTES = 4 * 1024;

  private final ClassicHttpResponse response;
  private final S3Link link;
  private final S3Links links;
  private final Body body;
  private boolean mayStay;
  private boolean isClosed;

  /**
   * @param mayStay whether the link is good for another exchange after this
   */
  S3Answer(ClassicHttpResponse response, S3Link link, S3Links links, boolean mayStay)
      throws IOException {
    this.response = response;
    this.link = link;
    this.links = links;
    this.mayStay = mayStay;
    var entity = response.getEntity();
    this.body = new Body(entity == null ? InputStream.nullInputStream() : entity.getContent());
  }

  int status() {
    return response.getCode();
  }

  boolean isSuccessful() {
    return status() / 100 == 2;
  }

  String reason() {
    return response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
  }

  /** How many bytes its body has; less than 0 when the server does not say. */
  long length() {
    return response.getEntity() == null ? 0 : response.getEntity().getContentLength();
  }

  /** Its body; never ends early without an IOException. */
  InputStream body() {
    return body;
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    links.end(link, mayStay && isRead());
  }

  private boolean isRead() {
    if (!body.hasEnded && length() <= LITTLE_BYTES) {
      try {
        body.readNBytes(LITTLE_BYTES);
      } catch (IOException e) {
        return false;
      }
    }
    return body.hasEnded;
  }

  /** Knows whether it was read to its end; closing it closes the answer. */
  private final class Body extends FilterInputStream {
    private boolean hasEnded;

    Body(InputStream content) {
      super(content);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      hasEnded |= read < 0;
      return read;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      int read = in.read(into, from, count);
      hasEnded |= read < 0;
      return read;
    }

    @Override
    public void close() {
      S3Answer.this.close();
    }
  }
}
