package io.doos.common.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether its client hung up, though nobody reads from it: Jetty
 * reads nothing between the end of a request and its answer. What is found there instead of the
 * end, the beginning of a next request, is kept and read first.
 */
final class WatchedEndPoint extends SocketChannelEndPoint {

  private static final int MOST_AHEAD_BYTES = 4096;

  private final Executor executor;
  private final ByteBuffer ahead = ByteBuffer.allocate(MOST_AHEAD_BYTES);
  private boolean gone;

  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
  }

  /** Only to be asked while nobody reads. A client that keeps sending is there. */
  synchronized boolean isGone() {
    if (!gone && ahead.hasRemaining()) {
      try {
        gone = getChannel().read(ahead) < 0;
      } catch (IOException e) {
        gone = true;
      }
    }
    return gone;
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    synchronized (this) {
      if (ahead.position() > 0) {
        return takeAhead(buffer);
      }
    }
    return super.fill(buffer);
  }

  private int takeAhead(ByteBuffer buffer) {
    var position = BufferUtil.flipToFill(buffer);
    var count = Math.min(ahead.position(), buffer.remaining());
    buffer.put(ahead.array(), 0, count);
    BufferUtil.flipToFlush(buffer, position);
    ahead.flip().position(count);
    ahead.compact();
    notIdle();
    return count;
  }

  @Override
  protected void needsFillInterest() {
    boolean hasAhead;
    synchronized (this) {
      hasAhead = ahead.position() > 0;
    }
    if (hasAhead) {
      executor.execute(() -> getFillInterest().fillable());
    } else {
      super.needsFillInterest();
    }
  }
}
