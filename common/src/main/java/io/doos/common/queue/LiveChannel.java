package io.doos.common.queue;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that is opened again whenever it, or the link under it, is lost: a closed channel does
 * not come back by itself, and one is closed for many a reason that leaves the link alone. What
 * belongs to one channel lives in an {@link Incarnation} and dies with it, so late news of a dead
 * channel reach nothing of the next. One virtual thread opens and waits.
 */
final class LiveChannel implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveChannel.class);

  /** How to begin on a fresh channel. */
  interface Opener {
    Incarnation open(Channel channel) throws IOException, BrokerMisconfigured;
  }

  /** What lives as long as one channel. */
  interface Incarnation {
    /** The channel is gone; called exactly once, on the broker link's thread. */
    void lost(String why);
  }

  private final String name;
  private final BrokerLink link;
  private final LinkConfig config;
  private final BackOff backOff;
  private final Opener opener;
  private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> firstAttempt = new CompletableFuture<>();
  private volatile @Nullable Channel present;
  private volatile boolean isClosed;
  private final Thread thread;

  private LiveChannel(String name, BrokerLink link, LinkConfig config, Opener opener) {
    this.name = name;
    this.link = link;
    this.config = config;
    this.backOff = new BackOff(config.shortestBackOff(), config.longestBackOff());
    this.opener = opener;
    this.thread = Thread.ofVirtual().name("broker-channel-" + name).unstarted(this::run);
  }

  /**
   * Opens it now where the link stands (returns after the first attempt), else as soon as it does.
   */
  static LiveChannel open(String name, BrokerLink link, LinkConfig config, Opener opener) {
    var channel = new LiveChannel(name, link, config, opener);
    channel.thread.start();
    if (link.state().isUp()) {
      channel.awaitFirstAttempt();
    }
    return channel;
  }

  /** Lets the present channel be the last; it stays open. */
  void finish() {
    finished.complete(null);
  }

  /** Closes the channel for good; what was sent on it before is written first. May be repeated. */
  @Override
  public void close() {
    isClosed = true;
    finish();
    var channel = present;
    if (channel != null) {
      end(channel);
    }
    try {
      thread.join(config.closeTimeout().plus(config.connectTimeout()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitFirstAttempt() {
    try {
      firstAttempt.get(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("Channel '{}' is not open yet", name, e);
    }
  }

  private void run() {
    var failures = 0;
    while (!finished.isDone()) {
      try {
        failures = live() ? 0 : failures + 1;
        pause(backOff.after(failures));
      } catch (InterruptedException e) {
        return; // nobody interrupts this thread
      }
    }
  }

  /** The life of one incarnation; answers whether it came to life at all. */
  private boolean live() throws InterruptedException {
    Channel channel = null;
    try {
      CompletableFuture.anyOf(link.connection(), finished).get();
      var connection = link.connection().getNow(null);
      if (finished.isDone() || connection == null) {
        return false;
      }
      channel = connection.createChannel();
      if (channel == null) {
        throw new IOException("the broker gives no more channels");
      }
      var gone = new CompletableFuture<String>();
      var incarnation = opener.open(channel);
      channel.addShutdownListener(cause -> {
        var why = BrokerUrl.reason(cause);
        incarnation.lost(why);
        gone.complete(why);
      });
      present = channel;
      firstAttempt.complete(null);
      if (isClosed) {
        end(channel); // closed while it was being opened
      }
      log.debug("Channel '{}' is gone: {}", name, gone.get());
      return true;
    } catch (IOException | BrokerMisconfigured | ExecutionException | RuntimeException e) {
      firstAttempt.complete(null);
      log.warn("Channel '{}' could not be opened: {}; it tries again", name, BrokerUrl.reason(e));
      if (channel != null) {
        end(channel);
      }
      return false;
    } finally {
      present = null;
    }
  }

  private void pause(Duration pause) throws InterruptedException {
    try {
      finished.get(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // the pause is over
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void end(Channel channel) {
    try {
      channel.abort();
    } catch (IOException e) {
      log.debug("Channel '{}' was gone before it was closed", name, e);
    }
  }
}
