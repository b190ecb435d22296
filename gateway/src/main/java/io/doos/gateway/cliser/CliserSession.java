package io.doos.gateway.cliser;

import io.doos.common.cliser.Grammar;
import io.doos.common.cliser.Line;
import io.doos.common.cliser.ServerState;
import io.doos.common.cliser.ServerState.Action;
import io.doos.common.cliser.ServerState.Event;
import io.doos.common.cliser.ServerState.Phase;
import io.doos.common.cliser.WireDecoder;
import io.doos.common.format.FormatOption;
import io.doos.common.format.PageFormat;
import io.doos.common.format.SystemId;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Admission;
import io.doos.gateway.access.Caller;
import io.doos.gateway.access.Credentials;
import io.doos.gateway.access.Role;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolSpace;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session from its connection to its end: reads, lets the automaton decide, and does what it
 * says. A document that fails leaves the session; a link that breaks ends it, and nothing of it
 * stays. Runs on a thread of its own.
 */
final class CliserSession {

  private static final Logger log = LoggerFactory.getLogger(CliserSession.class);
  private static final int BUFFER_BYTES = 16 * 1024;

  private final CliserLimits limits;
  private final Link link;
  private final SpoolSpace space;
  private final Access access;
  private final Desk desk;
  private final WireDecoder decoder = new WireDecoder();
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Deque<Event> events = new ArrayDeque<>();

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  private ServerState state = ServerState.START;
  private volatile boolean isResting = true;
  private PageFormat format = PageFormat.PDF;
  private Optional<String> token = Optional.empty();
  private @Nullable ClientDocument document;
  private @Nullable Spool incoming;
  private @Nullable Pages pages;
  private long overBy;

  CliserSession(CliserLimits limits, Link link, SpoolSpace space, Access access, Desk desk) {
    this.limits = limits;
    this.link = link;
    this.space = space;
    this.access = access;
    this.desk = desk;
  }

  /** Serves the connection and closes it. */
  void serve() {
    try (link) {
      link.open();
      if (!access.allows(link.address())) {
        sayGoodbye("This address is not permitted");
        link.finish();
        return;
      }
      decide(new Event.Opened());
      while (state.phase() != Phase.ENDED) {
        listen(patience());
      }
      link.finish();
    } catch (SocketTimeoutException e) {
      log.debug("{} took too long", link);
      sayGoodbye("Nothing came for too long");
    } catch (IOException e) {
      log.debug("{} is gone", link, e);
    } catch (InterruptedException e) {
      sayGoodbye("The gateway is stopping");
    } catch (RuntimeException e) {
      log.error("The session of {} failed", link, e);
      sayGoodbye("The gateway failed");
    } finally {
      forget();
    }
  }

  /** Tells the client that there is no place for it. */
  void refuse() {
    try (link) {
      link.open();
      say(new Line.Err("Too many sessions, try again later."));
      say(new Line.Bye());
      link.finish();
    } catch (IOException e) {
      log.debug("{} is gone", link, e);
    }
  }

  /** Cuts the connection; may be called by any thread. */
  void abort() {
    link.abort();
  }

  /** Cuts the connection unless a document is under way; may be called by any thread. */
  void abortIfResting() {
    if (isResting) {
      link.abort();
    }
  }

  private void sayGoodbye(String why) {
    var interrupted = Thread.interrupted(); // which would close the socket before we are heard
    log.debug("{}: {}{}", link, why, interrupted ? " (interrupted)" : "");
    try {
      say(new Line.Err(why));
      say(new Line.Bye());
    } catch (IOException e) {
      log.debug("{} does not hear that", link, e);
    }
  }

  private Duration patience() {
    if (state.phase() == Phase.GREETING) {
      return limits.greeting();
    }
    return state.phase() == Phase.READY && !decoder.isWithin() ? limits.idle() : limits.progress();
  }

  /** Takes what has come, or comes within {@code patience}, up to the next event. */
  private void listen(Duration patience) throws IOException, InterruptedException {
    if (from == to && !decoder.isDataDue()) {
      fill(patience);
    }
    var fed = decoder.feed(buffer, from, to - from, this::keep);
    from += fed.consumed();
    switch (fed.event()) {
      case WireDecoder.Event.NeedMore _ -> {}
      case WireDecoder.Event.Came(var line) -> decide(new Event.Heard(line));
      case WireDecoder.Event.DataEnded _ -> decide(new Event.Taken());
      case WireDecoder.Event.Malformed(var why) -> {
        sayGoodbye(why);
        state = new ServerState(Phase.ENDED, io.doos.common.cliser.FileRequester.NONE);
      }
    }
  }

  private void fill(Duration patience) throws IOException {
    int count = link.read(buffer, patience);
    if (count < 0) {
      throw new EOFException("the client has left");
    }
    from = 0;
    to = count;
  }

  private void keep(byte[] bytes, int start, int count) throws IOException {
    if (incoming != null) {
      incoming.write(bytes, start, count);
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
      case Action.Say(var line) -> say(line);
      case Action.SetOption(var name, var value) -> set(name, value);
      case Action.TakeDocument(var systemId, var bytes) -> takeDocument(systemId, bytes);
      case Action.TakeFile(var systemId, var bytes) -> takeFile(systemId, bytes);
      case Action.NoteAbsent(var systemId, var why) -> {
        log.debug("{} has no {}: {}", link, systemId, why);
        current().noteAbsent(systemId);
      }
      case Action.FindNeeds() -> findNeeds();
      case Action.Format() -> format();
      case Action.SendPages() -> {
        if (pages != null) {
          link.write(pages.content().all().open());
        }
      }
      case Action.Forget() -> forget();
      case Action.HangUp() -> {}
    }
  }

  private void say(Line line) throws IOException {
    link.write(Grammar.write(line));
  }

  private ClientDocument current() {
    return java.util.Objects.requireNonNull(document, "no document");
  }

  private void set(String name, String value) throws IOException {
    if (name.equalsIgnoreCase("TOKEN")) {
      token = Optional.of(value.strip());
      return;
    }
    if (name.equalsIgnoreCase("OUTPUT_FORMAT")) {
      var wanted = PageFormat.of(value);
      if (wanted.isPresent()) {
        format = wanted.get();
      } else {
        say(
            new Line.Warn(
                "There is no format "
                    + value
                    + ", it stays "
                    + format
                    + "; there are "
                    + java.util.List.of(PageFormat.values())));
      }
      return;
    }
    switch (FormatOption.judge(name, value)) {
      case FormatOption.Verdict.Good(var option) -> options.put(option.name(), value);
      case FormatOption.Verdict.PassedOver(var why) -> say(new Line.Warn(why));
    }
  }

  private void takeDocument(String systemId, long bytes) {
    SystemId name;
    try {
      name = SystemId.ofDocument(systemId.isBlank() ? "document.fo" : systemId);
    } catch (IllegalArgumentException e) {
      name = SystemId.ofDocument("document.fo");
      log.debug("{} names its document '{}'", link, systemId, e);
    }
    var begun = new ClientDocument(space, name, limits);
    document = begun;
    incoming = begun.takes(bytes) ? begun.source() : null;
    overBy = incoming == null ? bytes : 0;
  }

  private void takeFile(String systemId, long bytes) {
    incoming = current().takes(bytes) ? current().file(systemId) : null;
    overBy = incoming == null ? bytes : overBy;
  }

  private void findNeeds() throws IOException {
    incoming = null;
    if (overBy > 0) {
      events.add(tooLarge());
      return;
    }
    try {
      var needs = NeedsScanner.scan(current().source().all().open(), current().name());
      ask(needs);
    } catch (NeedsScanner.NoDocument e) {
      events.add(new Event.Failed("The document is not well-formed: " + e.getMessage()));
    }
  }

  private void ask(java.util.List<SystemId> needs) {
    var questions = current().toAsk(needs);
    events.add(
        current().needsTooMuch()
            ? new Event.Failed("The document needs more than " + limits.files() + " files")
            : new Event.Needs(questions));
  }

  private Event tooLarge() {
    return new Event.Failed(
        "The document and its files are more than the "
            + limits.documentBytes()
            + " bytes allowed");
  }

  private void format() throws IOException, InterruptedException {
    incoming = null;
    if (overBy > 0) {
      events.add(tooLarge());
      return;
    }
    if (!current().nextRound()) {
      events.add(
          new Event.Failed(
              "The document needs ever more files: it was tried " + limits.rounds() + " times"));
      return;
    }
    var admission = access.admit(new Credentials(link.address(), token, Optional.empty()));
    switch (admission) {
      case Admission.Admitted(var caller) when caller.may(Role.SUBMIT) -> run(caller);
      case Admission.Admitted _ -> events.add(new Event.Failed("This token does not permit that"));
      case Admission.WrongAddress _ ->
          events.add(new Event.Failed("This address is not permitted"));
      case Admission.NoToken _ ->
          events.add(new Event.Failed("A token is required: SET TOKEN before the document"));
      case Admission.WrongToken _ -> events.add(new Event.Failed("The token is not known"));
    }
  }

  private void run(Caller caller) throws IOException, InterruptedException {
    var run =
        new FormatRun(
            desk,
            caller,
            space,
            format,
            (level, text) -> decide(new Event.Told(level, text)),
            this::rest);
    switch (run.run(current().work(format, options), current().spooled())) {
      case FormatRun.Outcome.Done(var made) -> {
        pages = made;
        events.add(new Event.Finished(made.content().bytes(), format.name()));
      }
      case FormatRun.Outcome.Lacks(var needs) -> ask(needs);
      case FormatRun.Outcome.Failed(var why) -> events.add(new Event.Failed(why));
      case FormatRun.Outcome.Stopped() -> {}
    }
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
      log.trace("{} is patient", link);
    }
    return state.phase() == Phase.FORMATTING;
  }

  private void forget() {
    if (document != null) {
      document.close();
      document = null;
    }
    if (pages != null) {
      pages.close();
      pages = null;
    }
    incoming = null;
    overBy = 0;
  }
}
