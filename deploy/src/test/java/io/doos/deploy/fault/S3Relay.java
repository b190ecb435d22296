package io.doos.deploy.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Stands before an S3 store and misbehaves as stores do, request by request. Signatures stay good:
 * heads pass as they are.
 */
public final class S3Relay implements AutoCloseable {

  private static final HttpMessage BUSY =
      new HttpMessage(
          "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\n\r\n", "".getBytes(ISO_8859_1));

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Function<String, StoreFault> mood = _ -> StoreFault.NONE;

  /**
   * Listens at once and lets everything pass.
   *
   * @param target the store's port on loopback
   */
  public S3Relay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("s3-relay").start(this::serve);
  }

  public int port() {
    return server.getLocalPort();
  }

  /**
   * Does this to requests from now on.
   *
   * @param next what to do to a request, by its first line, such as {@code PUT
   *     /doos/output/1/status.json HTTP/1.1}; called by many threads
   */
  public void set(Function<String, StoreFault> next) {
    mood = next;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : open) {
      socket.close();
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        Thread.ofVirtual().name("s3-relay-connection").start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        var store = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(client);
      open.add(store);
      client.setTcpNoDelay(true);
      store.setTcpNoDelay(true);
      var requests = new BufferedInputStream(client.getInputStream());
      var answers = new BufferedInputStream(store.getInputStream());
      for (var next = HttpMessage.read(requests, false);
          next.isPresent();
          next = HttpMessage.read(requests, false)) {
        if (!answer(next.get(), requests, client, answers, store)) {
          return;
        }
        if (server.isClosed()) {
          return;
        }
      }
    } catch (IOException e) {
      // either side hung up: so do we to the other
    } finally {
      open.removeIf(Socket::isClosed);
    }
  }

  /** Answers one request; tells whether the connection can go on. */
  private boolean answer(
      HttpMessage request, InputStream requests, Socket client, InputStream answers, Socket store)
      throws IOException {
    var fault = mood.apply(request.first());
    if (fault == StoreFault.BUSY) {
      BUSY.writeTo(client.getOutputStream());
      return true;
    }
    request.writeTo(store.getOutputStream());
    var answer = HttpMessage.read(answers, request.first().startsWith("HEAD "));
    if (answer.isEmpty()) {
      return false;
    }
    switch (fault) {
      case NONE, BUSY -> answer.get().writeTo(client.getOutputStream());
      case BUSY_AFTER_COMMIT -> BUSY.writeTo(client.getOutputStream());
      case TRUNCATE -> {
        answer.get().writeHalfTo(client.getOutputStream());
        return false;
      }
      case STALL -> {
        var _ = requests.read(); // until the client hangs up
        return false;
      }
    }
    return answer.get().header("connection").filter("close"::equalsIgnoreCase).isEmpty();
  }
}
