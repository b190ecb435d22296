package io.doos.common.cliser;

import static org.assertj.core.api.Assertions.assertThat;

import io.doos.common.cliser.ServerState.Action;
import io.doos.common.cliser.ServerState.Event;
import io.doos.common.cliser.ServerState.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every automaton against every command in every state. */
class AutomataTest {

  private static final List<Line> LINES =
      List.of(
          new Line.Hello("2.1"),
          new Line.Bye(),
          new Line.Ok(),
          new Line.Warn("w"),
          new Line.Err("e"),
          new Line.Log("info", "l"),
          new Line.Set("N", "v"),
          new Line.Query("q"),
          new Line.Recv(3, "a.png"));

  private static ServerState at(Event... events) {
    var state = ServerState.START;
    for (var event : events) {
      state = state.on(event).state();
    }
    return state;
  }

  private static Event heard(Line line) {
    return new Event.Heard(line);
  }

  private static final Event HELLO = heard(new Line.Hello("2.0"));
  private static final Event DOCUMENT = heard(new Line.Recv(5, "doc.fo"));

  private static Map<Phase, ServerState> serverStates() {
    var opened = new Event.Opened();
    var states = new LinkedHashMap<Phase, ServerState>();
    states.put(Phase.CONNECTED, ServerState.START);
    states.put(Phase.GREETING, at(opened));
    states.put(Phase.READY, at(opened, HELLO));
    states.put(Phase.TAKING, at(opened, HELLO, DOCUMENT));
    states.put(
        Phase.COLLECTING,
        at(opened, HELLO, DOCUMENT, new Event.Taken(), new Event.Needs(List.of("a.png", "b.png"))));
    states.put(
        Phase.FORMATTING,
        at(opened, HELLO, DOCUMENT, new Event.Taken(), new Event.Needs(List.of())));
    states.put(Phase.ENDED, at(opened, HELLO, heard(new Line.Bye())));
    return states;
  }

  /** What each line does in each phase: the phase after it; violations end the session. */
  private static final Map<Phase, List<Phase>> SERVER =
      Map.of(
          Phase.CONNECTED, all(Phase.CONNECTED),
          Phase.GREETING, but(Phase.ENDED, 0, Phase.READY),
          Phase.READY,
              List.of(
                  Phase.ENDED,
                  Phase.ENDED,
                  Phase.READY,
                  Phase.READY,
                  Phase.ENDED,
                  Phase.ENDED,
                  Phase.READY,
                  Phase.ENDED,
                  Phase.TAKING),
          Phase.TAKING, all(Phase.ENDED),
          Phase.COLLECTING,
              List.of(
                  Phase.ENDED,
                  Phase.ENDED,
                  Phase.ENDED,
                  Phase.COLLECTING,
                  Phase.COLLECTING,
                  Phase.ENDED,
                  Phase.ENDED,
                  Phase.ENDED,
                  Phase.COLLECTING),
          Phase.FORMATTING, but(Phase.ENDED, 3, Phase.FORMATTING),
          Phase.ENDED, all(Phase.ENDED));

  private static List<Phase> all(Phase phase) {
    return LINES.stream().map(_ -> phase).toList();
  }

  private static List<Phase> but(Phase others, int index, Phase there) {
    var phases = new java.util.ArrayList<>(all(others));
    phases.set(index, there);
    return phases;
  }

  @Test
  void theServerAnswersEveryLineInEveryPhase() {
    serverStates()
        .forEach((phase, state) -> {
          assertThat(state.phase()).isEqualTo(phase);
          for (int i = 0; i < LINES.size(); i++) {
            var step = state.on(heard(LINES.get(i)));
            assertThat(step.state().phase())
                .as("%s in %s", LINES.get(i), phase)
                .isEqualTo(Objects.requireNonNull(SERVER.get(phase)).get(i));
            if (step.state().phase() == Phase.ENDED && phase != Phase.ENDED) {
              assertThat(step.actions()).contains(new Action.HangUp());
            }
          }
        });
  }

  @Test
  void whatCannotHappenInAPhaseChangesNothing() {
    var events =
        List.<Event>of(
            new Event.Opened(),
            new Event.Taken(),
            new Event.Needs(List.of("x")),
            new Event.Told("info", "x"),
            new Event.Finished(1, "PDF"),
            new Event.Failed("x"));
    for (var phase : List.of(Phase.GREETING, Phase.READY, Phase.ENDED)) {
      for (var event : events) {
        var state = serverStates().get(phase);
        assertThat(Objects.requireNonNull(state).on(event))
            .isEqualTo(new ServerState.Step(state, List.of()));
      }
    }
  }

  @Test
  void anotherMajorVersionIsToldGoodbye() {
    var step = at(new Event.Opened()).on(heard(new Line.Hello("3.0")));
    assertThat(step.actions()).containsExactly(new Action.Say(new Line.Bye()), new Action.HangUp());
  }

  @Test
  void filesAreAskedForOneAfterTheOtherAndTheDocumentIsThenFormatted() {
    var taken = at(new Event.Opened(), HELLO, DOCUMENT, new Event.Taken());
    var asked = taken.on(new Event.Needs(List.of("a.png", "b.png")));
    assertThat(asked.actions()).containsExactly(new Action.Say(new Line.Query("a.png")));

    var sent = asked.state().on(heard(new Line.Recv(3, "a.png")));
    assertThat(sent.actions()).containsExactly(new Action.TakeFile("a.png", 3));

    var came = sent.state().on(new Event.Taken());
    assertThat(came.actions()).containsExactly(new Action.Say(new Line.Query("b.png")));

    var absent = came.state().on(heard(new Line.Err("none")));
    assertThat(absent.actions())
        .containsExactly(new Action.NoteAbsent("b.png", "none"), new Action.Format());
    assertThat(absent.state().phase()).isEqualTo(Phase.FORMATTING);

    var late = absent.state().on(new Event.Needs(List.of("c.png")));
    assertThat(late.actions()).containsExactly(new Action.Say(new Line.Query("c.png")));
  }

  @Test
  void anotherFileThanTheOneAskedForIsAViolation() {
    var collecting = Objects.requireNonNull(serverStates().get(Phase.COLLECTING));
    var step = collecting.on(heard(new Line.Recv(3, "other.png")));
    assertThat(step.state().phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void theFileRequesterTakesNothingItDidNotAskFor() {
    for (var line : LINES) {
      assertThat(FileRequester.NONE.on(line).actions())
          .hasOnlyElementsOfType(FileRequester.Action.Violated.class);
    }
    var receiving =
        FileRequester.NONE.ask(List.of("a.png")).requester().on(new Line.Recv(3, "a.png"));
    for (var line : LINES) {
      assertThat(receiving.requester().on(line).actions())
          .hasOnlyElementsOfType(FileRequester.Action.Violated.class);
    }
    assertThat(FileRequester.NONE.taken().actions())
        .hasOnlyElementsOfType(FileRequester.Action.Violated.class);
  }

  private static final ClientState C = ClientState.CONNECTING;
  private static final ClientState G = ClientState.GREETED;
  private static final ClientState R = ClientState.READY;
  private static final ClientState W = ClientState.WAITING;
  private static final ClientState V = ClientState.RECEIVING;
  private static final ClientState E = ClientState.ENDED;

  private static final Map<ClientState, List<ClientState>> CLIENT =
      Map.of(
          C, List.of(G, E, E, C, E, C, E, E, E),
          G, List.of(E, E, R, G, E, G, E, E, E),
          R, List.of(E, E, R, R, E, R, E, E, E),
          W, List.of(E, E, W, W, R, W, E, W, V),
          V, List.of(E, E, E, V, E, V, E, E, E),
          E, List.of(E, E, E, E, E, E, E, E, E));

  @Test
  void theClientAnswersEveryLineInEveryState() {
    for (var state : ClientState.values()) {
      for (int i = 0; i < LINES.size(); i++) {
        var step = state.on(new ClientState.Event.Heard(LINES.get(i)));
        assertThat(step.state())
            .as("%s in %s", LINES.get(i), state)
            .isEqualTo(Objects.requireNonNull(CLIENT.get(state)).get(i));
      }
    }
  }
}
