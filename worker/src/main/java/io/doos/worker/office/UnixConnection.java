package io.doos.worker.office;

import com.sun.star.connection.XConnection;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes of a UNO bridge over a unix socket, without native code. One thread reads, any may
 * write. Writes are gathered until flushed.
 */
final class UnixConnection implements XConnection {

  private static final int BUFFER_BYTES = 64 << 10;

  /** The worker's heap is small, and an array of empty texts takes forty times its bytes there. */
  static final int MAX_BLOCK_BYTES = 1 << 20;

  private final SocketChannel channel;
  private final String description;
  private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();
  private final BlockMeter blocks = new BlockMeter(MAX_BLOCK_BYTES);
  private volatile boolean ended;
  private volatile boolean tooMuch;
  private final ByteBuffer toSend = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private UnixConnection(SocketChannel channel, String description) {
    this.channel = channel;
    this.description = description;
  }

  static UnixConnection open(Path socket) throws IOException {
    return new UnixConnection(
        SocketChannel.open(UnixDomainSocketAddress.of(socket)), "unix:" + socket);
  }

  /** Reads {@code wanted} bytes; fewer only at the end of the stream. */
  @Override
  public int read(byte[][] into, int wanted) throws com.sun.star.io.IOException {
    var bytes = new byte[wanted];
    var got = 0;
    try {
      while (got < wanted && (received.hasRemaining() || fill())) {
        var part = Math.min(received.remaining(), wanted - got);
        received.get(bytes, got, part);
        got += part;
      }
    } catch (IOException e) {
      throw failed(e);
    }
    if (!blocks.take(bytes, got)) {
      tooMuch = true;
      ended = true;
      throw new com.sun.star.io.IOException("the office says more than we listen to at once");
    }
    into[0] = got == wanted ? bytes : Arrays.copyOf(bytes, got);
    return got;
  }

  private boolean fill() throws IOException {
    received.clear();
    var more = false;
    try {
      more = channel.read(received) > 0;
    } finally {
      received.flip();
      ended = !more;
    }
    return more;
  }

  /** Whether it was ended because the office sent more at once than we take. */
  boolean tooMuch() {
    return tooMuch;
  }

  /** Whether there is nothing more to come. */
  boolean ended() {
    return ended;
  }

  @Override
  public synchronized void write(byte[] bytes) throws com.sun.star.io.IOException {
    for (var from = 0; from < bytes.length; ) {
      if (!toSend.hasRemaining()) {
        flush();
      }
      var part = Math.min(toSend.remaining(), bytes.length - from);
      toSend.put(bytes, from, part);
      from += part;
    }
  }

  @Override
  public synchronized void flush() throws com.sun.star.io.IOException {
    // an interrupted thread would close the channel, and with it everybody's bridge, by writing
    var interrupted = Thread.interrupted();
    toSend.flip();
    try {
      while (toSend.hasRemaining()) {
        channel.write(toSend);
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      toSend.clear();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws com.sun.star.io.IOException {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public String getDescription() {
    return description;
  }

  private static com.sun.star.io.IOException failed(IOException e) {
    return new com.sun.star.io.IOException(e.toString());
  }
}
