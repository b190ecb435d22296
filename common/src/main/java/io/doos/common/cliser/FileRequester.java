package io.doos.common.cliser;

import java.util.ArrayList;
import java.util.List;

/**
 * The automaton that asks a client for files, one after the other, each once. Pure: what comes of
 * an event is a new requester and what to do.
 *
 * @param phase what it waits for
 * @param waiting who is asked for, the first of them now
 */
public record FileRequester(Phase phase, List<String> waiting) {

  /** What it waits for. */
  public enum Phase {
    /** There is nobody to ask for. */
    IDLE,
    /** The client answers with RECV or ERR. */
    ASKING,
    /** The file comes. */
    RECEIVING
  }

  /** What is to be done. */
  public sealed interface Action {
    /** This goes to the client. */
    record Say(Line line) implements Action {}

    /** The data that follows is this file's. */
    record Take(String systemId, long bytes) implements Action {}

    /** The client has no such file. */
    record Absent(String systemId, String why) implements Action {}

    /** All were asked for and answered. */
    record Collected() implements Action {}

    /**
     * The client said what it may not now.
     *
     * @param why a sentence without its full stop
     */
    record Violated(String why) implements Action {}
  }

  /** The requester after an event, and what to do, in order. */
  public record Step(FileRequester requester, List<Action> actions) {}

  /** One that asks for nothing. */
  public static final FileRequester NONE = new FileRequester(Phase.IDLE, List.of());

  public FileRequester {
    waiting = List.copyOf(waiting);
    if ((phase == Phase.IDLE) != waiting.isEmpty()) {
      throw new IllegalArgumentException(phase + " with " + waiting.size() + " files waiting");
    }
  }

  /** Begins to ask for these files. */
  public Step ask(List<String> systemIds) {
    return phase == Phase.IDLE
        ? next(systemIds, List.of())
        : violated("Files are asked for already");
  }

  /** The client says something. */
  public Step on(Line line) {
    return switch (phase) {
      case IDLE -> violated("No file was asked for");
      case RECEIVING -> violated("The file has not come whole");
      case ASKING ->
          switch (line) {
            case Line.Recv(var bytes, var what) ->
                what.equals(waiting.getFirst())
                    ? new Step(
                        new FileRequester(Phase.RECEIVING, waiting),
                        List.of(new Action.Take(what, bytes)))
                    : violated("The file that was asked for is " + waiting.getFirst());
            case Line.Err(var why) ->
                next(rest(), List.of(new Action.Absent(waiting.getFirst(), why)));
            case Line.Warn _ -> new Step(this, List.of());
            case Line.Hello _, Line.Bye _, Line.Ok _, Line.Log _, Line.Set _, Line.Query _ ->
                violated("A QUERY is answered with RECV or ERR");
          };
    };
  }

  /** The file has come whole. */
  public Step taken() {
    return phase == Phase.RECEIVING ? next(rest(), List.of()) : violated("No file is coming");
  }

  private List<String> rest() {
    return waiting.subList(1, waiting.size());
  }

  private static Step next(List<String> left, List<Action> before) {
    var actions = new ArrayList<>(before);
    if (left.isEmpty()) {
      actions.add(new Action.Collected());
      return new Step(NONE, actions);
    }
    actions.add(new Action.Say(new Line.Query(left.getFirst())));
    return new Step(new FileRequester(Phase.ASKING, left), actions);
  }

  private Step violated(String why) {
    return new Step(this, List.of(new Action.Violated(why)));
  }
}
