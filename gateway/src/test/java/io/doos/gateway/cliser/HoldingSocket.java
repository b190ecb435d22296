package io.doos.gateway.cliser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A socket that keeps back what is written to it, when told to. For one thread. */
final class HoldingSocket extends Socket {

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private boolean isHolding;

  HoldingSocket(int port) throws IOException {
    super(InetAddress.getLoopbackAddress(), port);
  }

  /** From now on, nothing goes out. */
  void hold() {
    isHolding = true;
  }

  /** Lets go of so many bytes, or of all and of what is yet to come. */
  void release(int atMost) throws IOException {
    var bytes = held.toByteArray();
    var count = Math.min(atMost, bytes.length);
    super.getOutputStream().write(bytes, 0, count);
    held.reset();
    held.write(bytes, count, bytes.length - count);
    isHolding = atMost < bytes.length;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    var out = super.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        (isHolding ? held : out).write(bytes, from, count);
      }
    };
  }
}
