package io.doos.deploy.bench;

import io.doos.common.life.Closer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Clients that connect and say nothing.
 *
 * @param count how many
 */
record IdleConnections(int count, Closer sockets) implements AutoCloseable {

  static IdleConnections open(int port, int count) throws IOException {
    var sockets = new Closer();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      return new IdleConnections(count, sockets);
    } catch (IOException e) {
      sockets.close();
      throw e;
    }
  }

  @Override
  public void close() {
    sockets.close();
  }
}
