package io.doos.common.http;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * What a client still sends after it was answered. Closing the connection on it would reset it, and
 * the client might never see its answer; so it is read and thrown away for a while.
 */
final class Remains {

  private static final Duration LINGER = Duration.ofSeconds(2);

  private Remains() {}

  static void drain(Request request) throws IOException {
    // Who asked to be told whether to send, and was not told to, sends nothing after that answer.
    if (request.getHeaders().contains("Expect") && Request.getContentBytesRead(request) == 0) {
      return;
    }
    var until = System.nanoTime() + LINGER.toNanos();
    var body = Content.Source.asInputStream(request);
    var piece = new byte[16 * 1024];
    while (System.nanoTime() - until < 0) {
      if (body.read(piece) < 0) {
        return;
      }
    }
  }
}
