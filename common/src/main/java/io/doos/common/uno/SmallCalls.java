package io.doos.common.uno;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** What a TCP connection needs that carries UNO calls. */
final class SmallCalls {

  // Who is gone with its whole machine says nothing any more: found out after two minutes.
  private static final int SILENT_SECONDS = 60;
  private static final int BETWEEN_PROBES_SECONDS = 10;
  private static final int PROBES = 6;

  private SmallCalls() {}

  /** Sends each call at once, because it waits for its answer, and notices a dead other side. */
  static SocketChannel over(SocketChannel tcp) throws IOException {
    return tcp.setOption(StandardSocketOptions.TCP_NODELAY, true)
        .setOption(StandardSocketOptions.SO_KEEPALIVE, true)
        .setOption(ExtendedSocketOptions.TCP_KEEPIDLE, SILENT_SECONDS)
        .setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, BETWEEN_PROBES_SECONDS)
        .setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
  }
}
