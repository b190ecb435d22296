package io.doos.gateway.cliser;

import io.doos.common.cliser.ServerState.Event;
import io.doos.common.format.NeedsScanner;
import io.doos.common.format.SystemId;
import io.doos.gateway.access.Access;
import io.doos.gateway.access.Admission;
import io.doos.gateway.access.Role;
import io.doos.gateway.spool.Spool;
import io.doos.gateway.spool.SpoolSpace;
import io.doos.gateway.tcp.Peer;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's document, from its first byte to its pages; and then the next one. What is to happen
 * next it answers as an event for the automaton. For one thread.
 */
final class Formatting implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Formatting.class);
  private static final String NAMELESS = "document.fo";

  private final CliserLimits limits;
  private final SpoolSpace space;
  private final Access access;
  private final Desk desk;
  private final SessionOptions options;
  private @Nullable ClientDocument document;
  private @Nullable Spool incoming;
  private @Nullable Pages pages;
  private boolean isTooLarge;

  Formatting(
      CliserLimits limits, SpoolSpace space, Access access, Desk desk, SessionOptions options) {
    this.limits = limits;
    this.space = space;
    this.access = access;
    this.desk = desk;
    this.options = options;
  }

  /** A document comes, of so many bytes. */
  void takeDocument(String systemId, long bytes) {
    var begun = new ClientDocument(space, nameOf(systemId), limits);
    document = begun;
    isTooLarge = !begun.takes(bytes);
    incoming = isTooLarge ? null : begun.source();
  }

  private static SystemId nameOf(String systemId) {
    try {
      return SystemId.ofDocument(systemId.isBlank() ? NAMELESS : systemId);
    } catch (IllegalArgumentException e) {
      log.debug("A client names its document '{}'", systemId, e);
      return SystemId.ofDocument(NAMELESS);
    }
  }

  /** A file that was asked for comes, of so many bytes. */
  void takeFile(String systemId, long bytes) {
    var fits = current().takes(bytes);
    isTooLarge |= !fits;
    incoming = fits ? current().file(systemId) : null;
  }

  /** Keeps what comes, unless it is too much. */
  void keep(byte[] bytes, int start, int count) throws IOException {
    if (incoming != null) {
      incoming.write(bytes, start, count);
    }
  }

  /** The client has no such file. */
  void noteAbsent(String systemId) {
    current().noteAbsent(systemId);
  }

  /** The document has come: what does it need? */
  Event needs() throws IOException {
    incoming = null;
    if (isTooLarge) {
      return tooLarge();
    }
    try {
      return ask(NeedsScanner.scan(current().source().all().open(), current().name()));
    } catch (NeedsScanner.NoDocument e) {
      return new Event.Failed("The document is not well-formed: " + e.getMessage());
    }
  }

  private Event ask(List<SystemId> needs) {
    var questions = current().toAsk(needs);
    return current().needsTooMuch()
        ? new Event.Failed("The document needs more than " + limits.files() + " files")
        : new Event.Needs(questions);
  }

  private Event tooLarge() {
    return new Event.Failed(
        "The document and its files are more than the "
            + limits.documentBytes()
            + " bytes allowed");
  }

  /**
   * All that was asked for has come: has the farm format it.
   *
   * @param client who it is for
   * @return empty when the session ended meanwhile
   */
  Optional<Event> format(Peer client, FormatRun.Teller teller, FormatRun.Rest rest)
      throws IOException, InterruptedException {
    incoming = null;
    if (isTooLarge) {
      return Optional.of(tooLarge());
    }
    if (!current().nextRound()) {
      return failed(
          "The document needs ever more files: it was tried " + limits.rounds() + " times");
    }
    return switch (access.admit(client.showing(options.token()))) {
      case Admission.Admitted(var caller) when caller.may(Role.SUBMIT) ->
          run(new FormatRun(desk, caller, space, options.format(), teller, rest));
      case Admission.Admitted _ -> failed("This token does not permit that");
      case Admission.WrongAddress _ -> failed("This address is not permitted");
      case Admission.NoToken _ -> failed("A token is required: SET TOKEN before the document");
      case Admission.WrongToken _ -> failed("The token is not known");
    };
  }

  private Optional<Event> run(FormatRun run) throws IOException, InterruptedException {
    var work = current().work(options.format(), options.all());
    return switch (run.run(work, current().spooled())) {
      case FormatRun.Outcome.Done(var made) -> {
        pages = made;
        yield Optional.of(new Event.Finished(made.content().bytes(), options.format().name()));
      }
      case FormatRun.Outcome.Lacks(var needs) -> Optional.of(ask(needs));
      case FormatRun.Outcome.Failed(var why) -> failed(why);
      case FormatRun.Outcome.Stopped() -> Optional.empty();
    };
  }

  private static Optional<Event> failed(String why) {
    return Optional.of(new Event.Failed(why));
  }

  /** The pages, once there are some. */
  Optional<Spool> pages() {
    return Optional.ofNullable(pages).map(Pages::content);
  }

  private ClientDocument current() {
    return Objects.requireNonNull(document, "no document");
  }

  /** Forgets the document and its pages. */
  @Override
  public void close() {
    if (document != null) {
      document.close();
      document = null;
    }
    if (pages != null) {
      pages.close();
      pages = null;
    }
    incoming = null;
    isTooLarge = false;
  }
}
