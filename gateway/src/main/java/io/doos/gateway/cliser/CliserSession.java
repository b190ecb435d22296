package io.doos.gateway.cliser;

import io.doos.common.cliser.FileRequester;
import io.doos.common.cliser.Line;
import io.doos.common.cliser.ServerState;
import io.doos.common.cliser.ServerState.Action;
import io.doos.common.cliser.ServerState.Event;
import io.doos.common.cliser.ServerState.Phase;
import io.doos.common.cliser.WireDecoder;
import io.doos.gateway.access.Access;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Connection;
import io.doos.gateway.tcp.Refused;
import io.doos.gateway.tcp.Visit;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session from its connection to its end: reads, lets the automaton decide, and does what it
 * says. A document that fails leaves the session; a connection that breaks ends it, and nothing of
 * it stays. Runs on a thread of its own.
 */
final class CliserSession implements Visit {

  private static final Logger log = LoggerFactory.getLogger(CliserSession.class);
  // What still comes is discarded for so long: a reset would eat our last words.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final CliserLimits limits;
  private final Connection connection;
  private final Wire wire;
  private final SessionOptions options = new SessionOptions();
  private final Formatting formatting;
  private final Deque<Event> events = new ArrayDeque<>();

  private ServerState state = ServerState.START;
  private volatile boolean isResting = true;
  private long greetingDeadline;

  CliserSession(
      CliserLimits limits, Connection connection, SpoolSpace space, Access access, Desk desk) {
    this.limits = limits;
    this.connection = connection;
    this.wire = new Wire(connection, limits.progress());
    this.formatting = new Formatting(limits, space, access, desk, options);
  }

  @Override
  public void serve() {
    try (connection;
        formatting) {
      connection.open(limits.greeting());
      greetingDeadline = System.nanoTime() + limits.greeting().toNanos();
      converse();
      connection.finish(LINGER);
    } catch (IOException e) {
      log.debug("{} is gone", connection, e);
    }
  }

  private void converse() throws IOException {
    try {
      decide(new Event.Opened());
      while (state.phase() != Phase.ENDED) {
        listen(patience());
      }
    } catch (SocketTimeoutException e) {
      sayGoodbye(
          state.phase() == Phase.GREETING
              ? "No greeting came in time"
              : "Nothing came for too long");
    } catch (InterruptedException e) {
      sayGoodbye("The gateway is stopping");
    } catch (RuntimeException e) {
      log.error("The session of {} failed", connection, e);
      sayGoodbye("The gateway failed");
    }
  }

  @Override
  public void refuse(Refused why) {
    try (connection) {
      connection.open(limits.greeting());
      sayGoodbye(
          switch (why) {
            case ADDRESS -> "This address is not permitted";
            case NO_PLACE -> "Too many sessions, try again later.";
          });
      connection.finish(LINGER);
    } catch (IOException e) {
      log.debug("{} is gone", connection, e);
    }
  }

  /** A session without a document loses nothing. */
  @Override
  public void cutIfIdle() {
    if (isResting) {
      connection.abort();
    }
  }

  private void sayGoodbye(String why) {
    var interrupted = Thread.interrupted(); // which would close the socket before we are heard
    log.debug("{}: {}{}", connection, why, interrupted ? " (interrupted)" : "");
    try {
      wire.say(new Line.Err(why));
      wire.say(new Line.Bye());
    } catch (IOException e) {
      log.debug("{} does not hear that", connection, e);
    }
  }

  private Duration patience() {
    if (state.phase() == Phase.GREETING) {
      return Duration.ofNanos(greetingDeadline - System.nanoTime());
    }
    return state.phase() == Phase.READY && !wire.isWithin() ? limits.idle() : limits.progress();
  }

  /** Takes what has come, or comes within {@code patience}, up to the next event. */
  private void listen(Duration patience) throws IOException, InterruptedException {
    switch (wire.next(patience, formatting::keep)) {
      case WireDecoder.Event.NeedMore _ -> {}
      case WireDecoder.Event.Came(var line) -> decide(new Event.Heard(line));
      case WireDecoder.Event.DataEnded _ -> decide(new Event.Taken());
      case WireDecoder.Event.Malformed(var why) -> {
        sayGoodbye(why);
        state = new ServerState(Phase.ENDED, FileRequester.NONE);
      }
    }
  }

  private void decide(Event event) throws IOException, InterruptedException {
    events.add(event);
    for (var next = events.poll(); next != null; next = events.poll()) {
      var step = state.on(next);
      state = step.state();
      isResting = state.phase() == Phase.READY || state.phase() == Phase.GREETING;
      for (var action : step.actions()) {
        apply(action);
      }
    }
  }

  private void apply(Action action) throws IOException, InterruptedException {
    switch (action) {
      case Action.Say(var line) -> wire.say(line);
      case Action.SetOption(var name, var value) -> {
        var objection = options.set(name, value);
        if (objection.isPresent()) {
          wire.say(objection.get());
        }
      }
      case Action.TakeDocument(var systemId, var bytes) -> formatting.takeDocument(systemId, bytes);
      case Action.TakeFile(var systemId, var bytes) -> formatting.takeFile(systemId, bytes);
      case Action.NoteAbsent(var systemId, var why) -> {
        log.debug("{} has no {}: {}", connection, systemId, why);
        formatting.noteAbsent(systemId);
      }
      case Action.FindNeeds() -> events.add(formatting.needs());
      case Action.Format() ->
          formatting.format(connection.peer(), this::tell, this::rest).ifPresent(events::add);
      case Action.SendPages() -> {
        var pages = formatting.pages();
        if (pages.isPresent()) {
          wire.send(pages.get());
        }
      }
      case Action.Forget() -> formatting.close();
      case Action.HangUp() -> {}
    }
  }

  private void tell(String level, String text) throws IOException, InterruptedException {
    decide(new Event.Told(level, text));
  }

  /**
   * Waits while the farm works, and listens: a client that leaves wants no pages.
   *
   * @return whether the session goes on
   */
  private boolean rest(Duration time) throws IOException, InterruptedException {
    try {
      listen(time);
    } catch (SocketTimeoutException e) {
      log.trace("{} is patient", connection);
    }
    return state.phase() == Phase.FORMATTING;
  }
}
