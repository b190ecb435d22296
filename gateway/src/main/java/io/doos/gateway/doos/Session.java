package io.doos.gateway.doos;

import io.doos.gateway.doos.RequestReader.Received;
import io.doos.gateway.spool.SpoolException;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Connection;
import io.doos.gateway.tcp.Refused;
import io.doos.gateway.tcp.Visit;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its first byte to its close: decode, decide, answer. Whatever a client does
 * ends here, and nothing is left of it.
 */
final class Session implements Visit {

  private static final Logger log = LoggerFactory.getLogger(Session.class);

  private final Limits limits;
  private final Connection connection;
  private final SpoolSpace space;
  private final RequestHandler handler;
  private final ReplyWriter writer;
  private final Runnable terminate;

  /**
   * @param terminate called, on a thread of its own, once the reply to a permitted {@code
   *     terminate} is out
   */
  Session(
      Limits limits,
      Connection connection,
      SpoolSpace space,
      RequestHandler handler,
      Runnable terminate) {
    this.limits = limits;
    this.connection = connection;
    this.space = space;
    this.handler = handler;
    this.writer = new ReplyWriter(limits.progress());
    this.terminate = terminate;
  }

  @Override
  public void serve() {
    var toldToStop = false;
    try (connection) {
      connection.open(limits.header());
      var decided = decide();
      if (decided.isPresent()) {
        toldToStop = decided.get() instanceof Reply.Farewell;
        answer(decided.get());
      }
    } catch (IOException e) {
      log.debug("The client {} is gone", connection, e);
    }
    if (toldToStop) {
      Thread.ofPlatform().name("doos-terminate").start(terminate);
    }
  }

  @Override
  public void refuse(Refused why) {
    try (connection) {
      connection.open(limits.header());
      answer(
          new Reply.Text(
              switch (why) {
                case ADDRESS -> Replies.ADDRESS_NOT_PERMITTED;
                case NO_PLACE -> Replies.TOO_MANY_CONNECTIONS;
              }));
    } catch (IOException e) {
      log.debug("The client {} is gone", connection, e);
    }
  }

  /** Whoever has said nothing yet loses nothing. */
  @Override
  public void cutIfIdle() {
    if (!connection.isHeard()) {
      connection.abort();
    }
  }

  /** Reads the request and decides on the reply; the request's bytes are gone after that. */
  private Optional<Reply> decide() throws IOException {
    try (var payload = space.spool()) {
      var reader = new RequestReader(limits, connection, payload, handler);
      return switch (reader.read()) {
        case Received.Whole(var request) -> Optional.of(handler.answer(request));
        case Received.Bad(var reply) -> Optional.of(new Reply.Text(reply));
        case Received.Nothing() -> Optional.empty();
      };
    } catch (SpoolException e) {
      log.error("A request or result could not be spooled", e);
      return tryLater("The gateway's disk failed or is full");
    } catch (InterruptedException e) {
      return tryLater("The gateway is stopping");
    } catch (RuntimeException e) {
      log.error("The request of {} failed", connection, e);
      return tryLater("The gateway failed");
    }
  }

  private void answer(Reply decided) throws IOException {
    // The last thing this thread does: an interrupt would close the socket before the reply is out.
    var interrupted = Thread.interrupted();
    log.debug("Answering {}{}", connection, interrupted ? " although interrupted" : "");
    try (var reply = decided) {
      writer.write(connection, reply);
    }
    connection.finish(limits.linger());
  }

  private static Optional<Reply> tryLater(String why) {
    return Optional.of(new Reply.Text(Replies.tryLater(why)));
  }
}
