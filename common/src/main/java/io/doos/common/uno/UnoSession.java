package io.doos.common.uno;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One client and, once it has one, its office. Two platform threads: the session's own waits for
 * the office and then carries its answers; the other carries the client's calls, and notices when
 * it hangs up. An office is taken only for a client that has said something.
 */
final class UnoSession implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(UnoSession.class);
  private static final int CHUNK_BYTES = 64 << 10;

  private enum Phase {
    OPENING,
    WAITING,
    RELAYING,
    ENDED
  }

  private final SocketChannel client;
  private final Places places;
  private final UnoDoor.Config config;
  private final InstantSource clock;
  private final Upstream upstream = new Upstream();
  private final Instant since;
  private volatile Instant served;
  private volatile Instant lastByte;
  private volatile String caller;
  private volatile Thread thread = Thread.currentThread();
  // under this
  private Phase phase = Phase.OPENING;
  private SessionEnd end = SessionEnd.CLIENT_LEFT;
  private Places.@Nullable Place place;
  private Duration patience;
  private boolean forGateway;

  UnoSession(SocketChannel client, Places places, UnoDoor.Config config, InstantSource clock) {
    this.client = client;
    this.places = places;
    this.config = config;
    this.clock = clock;
    this.since = clock.instant();
    this.served = since;
    this.lastByte = since;
    this.caller = callerOf(client);
    this.patience = config.patience();
  }

  private static String callerOf(SocketChannel client) {
    try {
      return client.getRemoteAddress() instanceof InetSocketAddress from
          ? from.getAddress().getHostAddress() + ":" + from.getPort()
          : "this machine";
    } catch (IOException e) {
      return "somebody who has gone";
    }
  }

  /** Serves the client; returns when nothing of the session is left. */
  @Override
  public void run() {
    thread = Thread.currentThread();
    var calls = Thread.ofPlatform().daemon().name(thread.getName() + "-calls");
    try {
      var first = open();
      if (first.isPresent()) {
        upstream.pass(first.get());
        var carrier = calls.start(this::carryCalls);
        serve();
        finish(carrier);
      }
    } catch (IOException e) {
      end(SessionEnd.CLIENT_LEFT);
    } catch (InterruptedException e) {
      // told to end
    } finally {
      closeAll();
    }
  }

  /** Reads who it is; empty when nobody speaks, or not as a client does. */
  private Optional<ByteBuffer> open() throws IOException {
    var bytes = ByteBuffer.allocate(CHUNK_BYTES);
    while (client.read(bytes) > 0) {
      lastByte = clock.instant();
      bytes.flip();
      switch (Opening.of(bytes)) {
        case Opening.Client _ -> {
          return Optional.of(bytes);
        }
        case Opening.Gateway(var wanted, var who, var length) -> {
          synchronized (this) {
            forGateway = true;
            caller = who + " by " + caller;
            patience = wanted.compareTo(config.mostPatience()) < 0 ? wanted : config.mostPatience();
          }
          return Optional.of(bytes.position(bytes.position() + length));
        }
        case Opening.NeedMore _ -> bytes.compact();
        case Opening.Malformed _ -> {
          log.info("{} does not speak UNO: cut off", caller);
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private void serve() throws InterruptedException, IOException {
    if (!enter(Phase.WAITING)) {
      return;
    }
    log.atLevel(forGateway ? Level.DEBUG : Level.INFO)
        .log("Incoming request for an office from {}", caller);
    try {
      var taken = places.take(caller, patience);
      if (!settle(taken)) {
        return;
      }
      log.info("{} serves {}", taken.office(), caller);
      if (forGateway) {
        Upstream.writeAll(client, ByteBuffer.wrap(Opening.granted(taken.office())));
      }
      carryAnswers(taken.channel());
    } catch (Places.NoPlace e) {
      // a gateway goes on to the next worker, or asks again
      log.atLevel(forGateway ? Level.DEBUG : Level.WARN)
          .log("{} rejected: {}", caller, e.getMessage());
      if (forGateway) {
        Upstream.writeAll(client, ByteBuffer.wrap(Opening.refused(e.why())));
      }
      end(e.why());
    }
  }

  private void carryAnswers(SocketChannel office) throws InterruptedException {
    try {
      upstream.lead(office);
      carry(
          office,
          bytes -> passOr(SessionEnd.CLIENT_LEFT, to -> Upstream.writeAll(client, to), bytes));
    } catch (IOException e) {
      log.debug("{}: {}", caller, e.toString());
    } finally {
      end(SessionEnd.OFFICE_ENDED);
    }
  }

  private void carryCalls() {
    try {
      carry(client, bytes -> passOr(SessionEnd.OFFICE_ENDED, upstream::pass, bytes));
    } catch (IOException e) {
      log.debug("{}: {}", caller, e.toString());
    } catch (InterruptedException e) {
      // told to end
    } finally {
      end(SessionEnd.CLIENT_LEFT);
    }
  }

  private interface Sink {
    void pass(ByteBuffer bytes) throws IOException, InterruptedException;
  }

  /** What cannot be passed on tells that the other side has gone. */
  private void passOr(SessionEnd gone, Sink sink, ByteBuffer bytes)
      throws IOException, InterruptedException {
    try {
      sink.pass(bytes);
    } catch (IOException e) {
      end(gone);
      throw e;
    }
  }

  /** Until {@code from} has ended; a heap buffer goes with its thread, a direct one would stay. */
  private void carry(SocketChannel from, Sink to) throws IOException, InterruptedException {
    var bytes = ByteBuffer.allocate(CHUNK_BYTES);
    while (from.read(bytes) >= 0) {
      lastByte = clock.instant();
      to.pass(bytes.flip());
      bytes.clear();
    }
  }

  private synchronized boolean enter(Phase next) {
    if (phase == Phase.ENDED) {
      return false;
    }
    phase = next;
    return true;
  }

  private synchronized boolean settle(Places.Place taken) {
    place = taken;
    served = clock.instant();
    lastByte = served;
    return enter(Phase.RELAYING);
  }

  /** Ends it for this reason, unless it has ended already; returns at once. */
  void end(SessionEnd why) {
    synchronized (this) {
      if (phase == Phase.ENDED) {
        return;
      }
      var was = phase;
      phase = Phase.ENDED;
      end = why;
      switch (was) {
        case OPENING -> close(client);
        case WAITING -> {
          if (thread != Thread.currentThread()) {
            thread.interrupt();
          }
        }
        case RELAYING -> {
          if (place != null) {
            close(place.channel());
          }
        }
        case ENDED -> throw new IllegalStateException("ended twice");
      }
    }
    upstream.end();
  }

  /** Ends it where a limit is reached. A client that waits has its patience instead. */
  void judge(Instant now) {
    Optional<SessionEnd> reached;
    synchronized (this) {
      reached =
          phase == Phase.WAITING
              ? Optional.empty()
              : config.limits().reached(served, lastByte, now);
    }
    reached.ifPresent(this::end);
  }

  /** Ends it unless it has an office: the process stops. */
  void endUnlessServed() {
    boolean served;
    synchronized (this) {
      served = phase == Phase.RELAYING;
    }
    if (!served) {
      end(SessionEnd.STOPPED);
    }
  }

  private void finish(Thread carrier) throws InterruptedException {
    close(client);
    carrier.join();
  }

  private void closeAll() {
    end(SessionEnd.CLIENT_LEFT);
    var _ = Thread.interrupted(); // it has done its work: giving back is not to be cut short
    Places.Place taken;
    SessionEnd how;
    synchronized (this) {
      taken = place;
      how = end;
    }
    close(client);
    if (taken != null) {
      close(taken.channel());
      taken.giveBack(how);
      var tenths = Duration.between(served, clock.instant()).toMillis() / 100;
      log.info("{} leaves {} after {} s: {}", caller, taken.office(), tenths / 10.0, how.text());
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("Closing a channel failed", e);
    }
  }

  /** How it ended, once it has. */
  synchronized SessionEnd how() {
    return end;
  }

  synchronized UnoSessionView view() {
    return new UnoSessionView(caller, Optional.ofNullable(place).map(Places.Place::office), served);
  }
}
