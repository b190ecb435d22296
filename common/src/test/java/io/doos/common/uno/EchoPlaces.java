package io.doos.common.uno;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Offices that say back what they are told. */
public final class EchoPlaces implements Places, AutoCloseable {

  private final int total;
  private final Semaphore free;
  private final ServerSocketChannel listener;
  private final Set<SocketChannel> echoes = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  final List<SessionEnd> givenBack = new CopyOnWriteArrayList<>();

  /** So many of them. */
  public EchoPlaces(int total) {
    this.total = total;
    this.free = new Semaphore(total, true);
    try {
      listener =
          ServerSocketChannel.open()
              .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::echoAll);
  }

  private void echoAll() {
    while (listener.isOpen()) {
      try {
        var echo = listener.accept();
        echoes.add(echo);
        Thread.ofVirtual().start(() -> echo(echo));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void echo(SocketChannel channel) {
    var bytes = ByteBuffer.allocate(1 << 16);
    try (channel) {
      while (channel.read(bytes) >= 0) {
        Upstream.writeAll(channel, bytes.flip());
        bytes.clear();
      }
    } catch (IOException e) {
      // ended
    }
  }

  /** All of them end. */
  public void endAll() throws IOException {
    for (var echo : echoes) {
      echo.close();
    }
  }

  /** Until so many clients have asked, and all stand in the queue but those who have an office. */
  public void awaitAsked(int count) {
    awaitWaiting(count, count - total);
  }

  /** Until so many clients have asked, and so many stand in the queue. */
  void awaitWaiting(int count, int waiting) {
    await(() -> asked.get() >= count && free.getQueueLength() == waiting);
  }

  /** Until so many were given back. */
  public void awaitGivenBack(int count) {
    await(() -> givenBack.size() >= count);
  }

  /** Until so many clients got none. */
  public void awaitRefused(int count) {
    await(() -> refused.get() >= count);
  }

  /** How those ended that were given back. */
  public List<SessionEnd> givenBack() {
    return List.copyOf(givenBack);
  }

  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it does not come true");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public int total() {
    return total;
  }

  @Override
  public int free() {
    return free.availablePermits();
  }

  @Override
  public Place take(String caller, Duration patience) throws NoPlace, InterruptedException {
    asked.incrementAndGet();
    if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      refused.incrementAndGet();
      throw new NoPlace(SessionEnd.BUSY, "none is free");
    }
    try {
      var channel = SocketChannel.open(listener.getLocalAddress());
      return new Place() {
        @Override
        public String office() {
          return "echo";
        }

        @Override
        public SocketChannel channel() {
          return channel;
        }

        @Override
        public void giveBack(SessionEnd how) {
          givenBack.add(how);
          free.release();
        }
      };
    } catch (IOException e) {
      free.release();
      throw new NoPlace(SessionEnd.FAILED, e.toString());
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      endAll();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
