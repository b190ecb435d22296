package io.doos.gateway.doos;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client that sends one byte at a time, the last one for ever, until closed. */
public final class Drip implements AutoCloseable {

  private final Socket socket;
  private final CountDownLatch closed = new CountDownLatch(1);

  public Drip(Socket socket, byte[] bytes, Duration between) {
    this.socket = socket;
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (var sent = 0; !closed.await(between.toMillis(), TimeUnit.MILLISECONDS); sent++) {
              socket.getOutputStream().write(bytes[Math.min(sent, bytes.length - 1)]);
            }
          } catch (IOException | InterruptedException e) {
            closed.countDown(); // the server has had enough of it
          }
        });
  }

  /** What the server says to it. */
  public InputStream input() throws IOException {
    return socket.getInputStream();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
