package io.doos.gateway.tcp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A socket that reads until a moment, however often it is asked: TLS reads many times before it has
 * anything to give, and a client that sends a byte now and then would keep it going for ever. For
 * one thread.
 */
final class DeadlineSocket extends Socket {

  private long deadline = System.nanoTime();

  /** From now on, reads have so much time together. */
  void allow(Duration patience) {
    deadline = System.nanoTime() + patience.toNanos();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new DeadlineStream(super.getInputStream());
  }

  private final class DeadlineStream extends InputStream {
    private final InputStream in;

    private DeadlineStream(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
      var left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive()) {
        throw new SocketTimeoutException("no time left");
      }
      setSoTimeout(Math.clamp(left.toMillis(), 1, Integer.MAX_VALUE));
      return in.read(into, from, count);
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }
  }
}
