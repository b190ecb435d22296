package io.doos.common.cliser;

import java.util.ArrayList;
import java.util.List;

/**
 * The automaton of a server's session. Pure: what comes of an event is a new state and what to do.
 *
 * @param phase what it waits for
 * @param requester asks the client for files while a document is prepared
 */
public record ServerState(Phase phase, FileRequester requester) {

  /** What it waits for. */
  public enum Phase {
    /** The connection is there; nobody has said anything. */
    CONNECTED,
    /** The client's HELLO. */
    GREETING,
    /** SET, RECV or BYE. */
    READY,
    /** The document comes. */
    TAKING,
    /** What the document needs is found out and asked for. */
    COLLECTING,
    /** The document is formatted. */
    FORMATTING,
    /** Nothing more. */
    ENDED
  }

  /** What happens. */
  public sealed interface Event {
    /** A client has connected. */
    record Opened() implements Event {}

    /** It says something. */
    record Heard(Line line) implements Event {}

    /** The data that it announced is whole. */
    record Taken() implements Event {}

    /** The document, just come or formatted in vain, needs these files of the client's. */
    record Needs(List<String> systemIds) implements Event {
      public Needs {
        systemIds = List.copyOf(systemIds);
      }
    }

    /** There is something to tell of the document. */
    record Told(String level, String text) implements Event {}

    /** The pages are there. */
    record Finished(long bytes, String format) implements Event {}

    /** There will be no pages. */
    record Failed(String why) implements Event {}
  }

  /** What is to be done. */
  public sealed interface Action {
    /** This goes to the client. */
    record Say(Line line) implements Action {}

    /** An option for the documents to come. */
    record SetOption(String name, String value) implements Action {}

    /** The data that follows is the document. */
    record TakeDocument(String systemId, long bytes) implements Action {}

    /** The document is whole: find out what it needs. */
    record FindNeeds() implements Action {}

    /** The data that follows is this file. */
    record TakeFile(String systemId, long bytes) implements Action {}

    /** The client has no such file. */
    record NoteAbsent(String systemId, String why) implements Action {}

    /** All is there that is to be had: have it formatted. */
    record Format() implements Action {}

    /** The pages' bytes go to the client. */
    record SendPages() implements Action {}

    /** The document is over, for good or bad. */
    record Forget() implements Action {}

    /** The session is over. */
    record HangUp() implements Action {}
  }

  /** The state after an event, and what to do, in order. */
  public record Step(ServerState state, List<Action> actions) {}

  /** A session whose client has just connected. */
  public static final ServerState START = new ServerState(Phase.CONNECTED, FileRequester.NONE);

  /** What follows from {@code event}. What cannot happen in a phase changes nothing. */
  public Step on(Event event) {
    return switch (event) {
      case Event.Opened() ->
          phase == Phase.CONNECTED ? to(Phase.GREETING, new Action.Say(Line.Hello.OURS)) : stay();
      case Event.Heard(var line) -> heard(line);
      case Event.Taken() -> taken();
      case Event.Needs(var systemIds) ->
          phase == Phase.COLLECTING || phase == Phase.FORMATTING
              ? asked(Phase.COLLECTING, requester.ask(systemIds))
              : stay();
      case Event.Told(var level, var text) ->
          isBusy() ? to(phase, new Action.Say(new Line.Log(level, text))) : stay();
      case Event.Finished(var bytes, var format) ->
          phase == Phase.FORMATTING
              ? to(
                  Phase.READY,
                  new Action.Say(new Line.Recv(bytes, format)),
                  new Action.SendPages(),
                  new Action.Forget())
              : stay();
      case Event.Failed(var why) ->
          isBusy() && requester.phase() == FileRequester.Phase.IDLE
              ? to(Phase.READY, new Action.Say(new Line.Err(why)), new Action.Forget())
              : stay();
    };
  }

  private Step heard(Line line) {
    if (phase == Phase.ENDED || phase == Phase.CONNECTED) {
      return stay();
    }
    if (line instanceof Line.Bye) {
      return to(Phase.ENDED, new Action.Forget(), new Action.HangUp());
    }
    return switch (phase) {
      case GREETING -> greeted(line);
      case READY -> ready(line);
      case COLLECTING -> asked(phase, requester.on(line));
      case TAKING -> violated("The document has not come whole");
      case FORMATTING ->
          line instanceof Line.Warn ? stay() : violated("A document is being formatted");
      case CONNECTED, ENDED -> stay();
    };
  }

  private Step greeted(Line line) {
    if (line instanceof Line.Hello hello) {
      return hello.fits()
          ? to(Phase.READY, new Action.Say(new Line.Ok()))
          : to(Phase.ENDED, new Action.Say(new Line.Bye()), new Action.HangUp());
    }
    return violated("A session begins with HELLO");
  }

  private Step ready(Line line) {
    return switch (line) {
      case Line.Set(var name, var value) -> to(phase, new Action.SetOption(name, value));
      case Line.Recv(var bytes, var what) -> to(Phase.TAKING, new Action.TakeDocument(what, bytes));
      case Line.Ok _, Line.Warn _ -> stay();
      case Line.Bye _ -> to(Phase.ENDED, new Action.HangUp());
      case Line.Hello _, Line.Err _, Line.Log _, Line.Query _ ->
          violated("SET, RECV or BYE was expected");
    };
  }

  private Step taken() {
    return switch (phase) {
      case TAKING -> to(Phase.COLLECTING, new Action.FindNeeds());
      case COLLECTING -> asked(phase, requester.taken());
      case CONNECTED, GREETING, READY, FORMATTING, ENDED -> stay();
    };
  }

  /** Goes where the file requester leads. */
  private Step asked(Phase from, FileRequester.Step step) {
    var actions = new ArrayList<Action>();
    var next = from;
    for (var action : step.actions()) {
      switch (action) {
        case FileRequester.Action.Say(var line) -> actions.add(new Action.Say(line));
        case FileRequester.Action.Take(var systemId, var bytes) ->
            actions.add(new Action.TakeFile(systemId, bytes));
        case FileRequester.Action.Absent(var systemId, var why) ->
            actions.add(new Action.NoteAbsent(systemId, why));
        case FileRequester.Action.Collected() -> {
          next = Phase.FORMATTING;
          actions.add(new Action.Format());
        }
        case FileRequester.Action.Violated(var why) -> {
          return violated(why);
        }
      }
    }
    return new Step(new ServerState(next, step.requester()), List.copyOf(actions));
  }

  private boolean isBusy() {
    return phase == Phase.COLLECTING || phase == Phase.FORMATTING;
  }

  private Step violated(String why) {
    return new Step(
        new ServerState(Phase.ENDED, FileRequester.NONE),
        List.of(
            new Action.Say(new Line.Err(why)),
            new Action.Say(new Line.Bye()),
            new Action.Forget(),
            new Action.HangUp()));
  }

  private Step to(Phase next, Action... actions) {
    return new Step(
        new ServerState(next, next == Phase.ENDED ? FileRequester.NONE : requester),
        List.of(actions));
  }

  private Step stay() {
    return new Step(this, List.of());
  }
}
