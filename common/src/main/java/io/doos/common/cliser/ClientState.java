package io.doos.common.cliser;

import java.util.List;

/**
 * The automaton of a client's session. Pure: what comes of an event is a new state and what to do.
 */
public enum ClientState {
  /** Waits for the server's HELLO. */
  CONNECTING,
  /** Waits for the server's OK. */
  GREETED,
  /** May set options and send a document. */
  READY,
  /** Waits for the pages; the server may ask for files meanwhile. */
  WAITING,
  /** The pages come. */
  RECEIVING,
  /** Nothing more. */
  ENDED;

  /** What happens. */
  public sealed interface Event {
    /** The server says something. */
    record Heard(Line line) implements Event {}

    /** The data that it announced is whole. */
    record Taken() implements Event {}

    /** An option is wanted for the documents to come. */
    record Option(String name, String value) implements Event {}

    /** A document is to be formatted. */
    record Document(long bytes, String systemId) implements Event {}

    /** Enough. */
    record Quit() implements Event {}
  }

  /** What is to be done. */
  public sealed interface Action {
    /** This goes to the server. */
    record Say(Line line) implements Action {}

    /** Documents may be sent now. */
    record Welcome() implements Action {}

    /** The document's bytes go to the server. */
    record SendDocument() implements Action {}

    /** The server asks for this file: answer with RECV and its bytes, or with ERR. */
    record Provide(String systemId) implements Action {}

    /** The server has something to tell. */
    record Note(String level, String text) implements Action {}

    /** The data that follows are the pages. */
    record TakePages(long bytes, String format) implements Action {}

    /** The pages are whole. */
    record Done() implements Action {}

    /** There will be no pages for this document; the session goes on. */
    record Failed(String why) implements Action {}

    /** The session is over. */
    record HangUp(String why) implements Action {}
  }

  /** The state after an event, and what to do, in order. */
  public record Step(ClientState state, List<Action> actions) {}

  /** What follows from {@code event}. What cannot be done in a state ends the session. */
  public Step on(Event event) {
    if (this == ENDED) {
      return new Step(ENDED, List.of());
    }
    return switch (event) {
      case Event.Heard(var line) -> heard(line);
      case Event.Taken() -> this == RECEIVING ? to(READY, new Action.Done()) : violated("no pages");
      case Event.Option(var name, var value) ->
          this == READY ? to(READY, new Action.Say(new Line.Set(name, value))) : tooEarly();
      case Event.Document(var bytes, var systemId) ->
          this == READY
              ? to(
                  WAITING,
                  new Action.Say(new Line.Recv(bytes, systemId)),
                  new Action.SendDocument())
              : tooEarly();
      case Event.Quit() ->
          to(ENDED, new Action.Say(new Line.Bye()), new Action.HangUp("The client has left"));
    };
  }

  private Step heard(Line line) {
    return switch (line) {
      case Line.Bye() -> to(ENDED, new Action.HangUp("The server has ended the session"));
      case Line.Warn(var text) -> to(this, new Action.Note("warn", text));
      case Line.Log(var level, var text) -> to(this, new Action.Note(level, text));
      case Line.Hello hello ->
          this != CONNECTING
              ? violated("HELLO")
              : hello.fits()
                  ? to(GREETED, new Action.Say(Line.Hello.OURS))
                  : to(
                      ENDED,
                      new Action.Say(new Line.Bye()),
                      new Action.HangUp("The server speaks CLISER " + hello.version()));
      case Line.Ok() ->
          switch (this) {
            case GREETED -> to(READY, new Action.Welcome());
            case READY, WAITING -> to(this);
            case CONNECTING, RECEIVING, ENDED -> violated("OK");
          };
      case Line.Err(var why) ->
          switch (this) {
            case WAITING -> to(READY, new Action.Failed(why));
            case CONNECTING, GREETED, READY, RECEIVING, ENDED -> to(ENDED, new Action.HangUp(why));
          };
      case Line.Query(var systemId) ->
          this == WAITING ? to(WAITING, new Action.Provide(systemId)) : violated("QUERY");
      case Line.Recv(var bytes, var format) ->
          this == WAITING ? to(RECEIVING, new Action.TakePages(bytes, format)) : violated("RECV");
      case Line.Set _ -> violated("SET");
    };
  }

  private Step violated(String what) {
    return to(
        ENDED,
        new Action.Say(new Line.Err(what + " was not expected now")),
        new Action.Say(new Line.Bye()),
        new Action.HangUp("The server does not keep to the protocol: " + what));
  }

  private Step tooEarly() {
    throw new IllegalStateException("the session is " + this);
  }

  private static Step to(ClientState next, Action... actions) {
    return new Step(next, List.of(actions));
  }
}
