package io.doos.common.uno;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, on its way to an office that may not be there yet: until then it is kept, so
 * that the client's hanging up is noticed while it waits. One thread takes from the client, another
 * brings the office.
 */
final class Upstream {

  /** A client that waits for its first answer has said a few hundred bytes. */
  private static final int MOST_KEPT_BYTES = 1 << 20;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private @Nullable SocketChannel office;
  private boolean ended;

  /** Passes bytes on, or keeps them; waits when too much is kept. */
  synchronized void pass(ByteBuffer bytes) throws IOException, InterruptedException {
    while (office == null && !ended && kept.size() + bytes.remaining() > MOST_KEPT_BYTES) {
      wait();
    }
    var to = office;
    if (to != null) {
      writeAll(to, bytes);
    } else if (!ended) {
      kept.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
    }
  }

  /** The office is there: it gets all that was kept, and what comes from now on. */
  synchronized void lead(SocketChannel channel) throws IOException {
    writeAll(channel, ByteBuffer.wrap(kept.toByteArray()));
    kept.reset();
    office = channel;
    notifyAll();
  }

  /** Nobody will be there. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  static void writeAll(SocketChannel to, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }
}
