package io.doos.deploy.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands on a link of the farm and does to it what networks do. Listens on a port of its own, which
 * stays the same however often the server behind it goes and comes.
 */
public final class TcpRelay implements AutoCloseable {

  private static final int PIECE_BYTES = 16 * 1024;

  private final List<Integer> targets;
  private final ServerSocket server;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private LinkFault fault = LinkFault.NONE;

  /**
   * Listens at once.
   *
   * @param targets ports on loopback; each client gets to the first where somebody listens
   */
  public TcpRelay(Integer... targets) throws IOException {
    this.targets = Arrays.asList(targets);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("relay").start(this::serve);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Does this from now on to all connections, those there are and those to come. */
  public void set(LinkFault next) {
    synchronized (this) {
      fault = next;
      notifyAll();
    }
    if (next instanceof LinkFault.Refuse) {
      cut();
    }
  }

  /** Resets all connections that there are. */
  public void cut() {
    pairs.forEach(Pair::reset);
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
    set(LinkFault.NONE);
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        var client = server.accept();
        Thread.ofVirtual().name("relay-connection").start(() -> join(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void join(Socket client) {
    if (fault() instanceof LinkFault.Refuse) {
      reset(client);
      return;
    }
    for (var target : targets) {
      try {
        var pair = new Pair(client, new Socket(InetAddress.getLoopbackAddress(), target));
        pairs.add(pair);
        Thread.ofVirtual().name("relay-answers").start(() -> pump(pair, false));
        pump(pair, true);
        return;
      } catch (IOException e) {
        // nobody listens there: on to the next
      }
    }
    reset(client);
  }

  private void pump(Pair pair, boolean toServer) {
    var from = toServer ? pair.client : pair.server;
    var to = toServer ? pair.server : pair.client;
    var piece = new byte[PIECE_BYTES];
    try {
      from.setTcpNoDelay(true);
      for (var n = from.getInputStream().read(piece);
          n >= 0;
          n = from.getInputStream().read(piece)) {
        var passing = pass(pair, toServer, n);
        to.getOutputStream().write(piece, 0, passing);
        if (passing < n) {
          pair.reset();
        }
      }
      to.shutdownOutput();
      if (from.isOutputShutdown()) {
        pair.close();
      }
    } catch (IOException e) {
      pair.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      pair.reset();
    }
  }

  private synchronized LinkFault fault() {
    return fault;
  }

  /** Waits for as long as the fault wants; answers how many of {@code bytes} may then pass. */
  private synchronized int pass(Pair pair, boolean toServer, int bytes)
      throws InterruptedException {
    while (!pair.client.isClosed()) {
      var present = fault;
      switch (present) {
        case LinkFault.None _ -> {
          return bytes;
        }
        case LinkFault.Refuse _ -> {
          return 0;
        }
        case LinkFault.CutAfter(var left) -> {
          fault = new LinkFault.CutAfter(Math.max(0, left - bytes));
          return Math.min(left, bytes);
        }
        case LinkFault.Delay(var each) -> {
          var until = System.nanoTime() + each.toNanos();
          for (var wait = until - System.nanoTime();
              wait > 0 && fault.equals(present);
              wait = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, wait);
          }
          return bytes;
        }
        case LinkFault.HalfOpen _ when toServer -> {
          return bytes;
        }
        case LinkFault.HalfOpen _, LinkFault.Freeze _ -> wait();
      }
    }
    return 0;
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is gone, which is what we want
    }
  }

  /** A connection, seen from both sides. */
  private final class Pair {
    private final Socket client;
    private final Socket server;

    private Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    private void reset() {
      TcpRelay.reset(client);
      TcpRelay.reset(server);
      forget();
    }

    private void close() throws IOException {
      client.close();
      server.close();
      forget();
    }

    private void forget() {
      pairs.remove(this);
      synchronized (TcpRelay.this) {
        TcpRelay.this.notifyAll();
      }
    }
  }
}
